// Usage: node caniemail.mjs FILE ; prints as JSON what of a mail some clients do not support: kind → feature → clients.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

// What organisations read mail with; the package's data on others has gaps that make it stop.
const CLIENTS = [
  "apple-mail.ios", "apple-mail.macos", "gmail.android", "gmail.desktop-webmail", "gmail.ios", "gmail.mobile-webmail",
  "outlook.android", "outlook.ios", "outlook.macos", "outlook.outlook-com", "outlook.windows", "outlook.windows-mail",
  "protonmail.desktop-webmail", "samsung-email.android", "thunderbird.macos", "yahoo.android", "yahoo.desktop-webmail",
];
const html = readFileSync(process.argv[2], "utf8");
const told = { errors: {}, warnings: {}, unknown: [] };
for (const client of CLIENTS) {
  let issues;
  try {
    ({ issues } = caniemail({ clients: [client], html }));
  } catch (error) {
    told.unknown.push(`${client}: ${error.message}`);
    continue;
  }
  for (const kind of ["errors", "warnings"])
    for (const found of issues[kind].values()) for (const { title } of found) (told[kind][title] ??= new Set()).add(client);
}
for (const kind of ["errors", "warnings"])
  told[kind] = Object.fromEntries(Object.entries(told[kind]).sort().map(([title, who]) => [title, [...who].sort()]));
console.log(JSON.stringify(told));
