// Usage: node desk.mjs LINK ; a browser at the desk, driven by JSON lines on stdin, each answered by one on stdout.
//
//   {"go": "/board"}  {"press": "x"}  {"type": "words"}  {"shot": "file.png"}  {"axe": 1}  {"js": "expression"}
//   {"view": [width, height, "dark"]}  {"script": 0}  {"upload": ["#file", "a.txt"]}
//
// An answer says where the browser is, what is in focus, what was announced, and what went wrong so far.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { WITH_MOUSE, browse } from "./browse.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const link = process.argv[2];
const home = new URL(link).origin;

// What the page says of itself; runs in the page.
function seen() {
  const here = document.activeElement;
  const item = here?.closest("[data-item]");
  return {
    path: location.pathname + location.search,
    title: document.title,
    focus: here?.id || here?.getAttribute("name") || here?.nodeName,
    item: item?.id ?? "",
    text: item?.querySelector(".line, h1, .text a")?.textContent.trim() ?? "",
    said: document.getElementById("said")?.textContent.trim() ?? "",
    refused: document.getElementById("said")?.classList.contains("refused") ?? false,
    sideways: document.documentElement.scrollWidth - innerWidth,
  };
}

await browse(async (browser) => {
  const page = await browser.newPage();
  page.setDefaultTimeout(180_000); // a machine may be busy
  const wrong = [], foreign = [];
  const ours = /^Blocked script execution in '[^']*\/frame\?/; // what is put into every page below does not run in the frame
  page.on("console", (message) => { if (["error", "warn"].includes(message.type()) && !ours.test(message.text())) wrong.push(message.text()); });
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!/^(data|about|blob):/.test(request.url()) && !request.url().startsWith(`${home}/`)) foreign.push(request.url()); });
  await page.setViewport({ width: 1280, height: 900 });
  // A page that is being left says so at once; the request for the next one may be a moment away on a busy machine.
  await page.evaluateOnNewDocument(() => addEventListener("beforeunload", () => document.documentElement.setAttribute("aria-busy", "true")));

  const settled = async () => {
    for (let n = 0; n < 600; n++) {
      const busy = await page.evaluate(() => document.readyState !== "complete" || document.documentElement.hasAttribute("aria-busy") || Boolean(document.querySelector("[data-poll]"))).catch(() => true);
      if (!busy) break;
      await new Promise((next) => setTimeout(next, 30));
    }
    await page.waitForNetworkIdle({ idleTime: 30, timeout: 60_000 });
    await new Promise((next) => setTimeout(next, 40)); // what is announced is written a moment later
  };
  const doing = {
    go: (path) => page.goto(home + path, { waitUntil: "load" }),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    shot: (path) => page.screenshot({ path, fullPage: true }),
    upload: async ([field, path]) => (await page.$(field)).uploadFile(path),
    js: (expression) => page.evaluate(expression),
    view: async ([width, height, scheme]) => {
      await page.setViewport({ width, height });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    },
    script: (on) => page.setJavaScriptEnabled(Boolean(on)),
    axe: async () => {
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
      return violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)} | ${v.nodes[0].failureSummary}`);
    },
  };

  await page.goto(link, { waitUntil: "load" });
  await settled(); // a page that asks again and again is left only when it has its answer
  for await (const line of createInterface({ input: process.stdin })) {
    const [[what, value]] = Object.entries(JSON.parse(line));
    const result = await doing[what](value);
    if (what !== "shot" && what !== "view" && what !== "axe") await settled();
    const value_ = ["js", "axe"].includes(what) ? result : null;
    console.log(JSON.stringify({ ...(await page.evaluate(seen)), result: value_ ?? null, wrong, foreign }));
  }
}, WITH_MOUSE);
