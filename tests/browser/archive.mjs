// Usage: node archive.mjs OUT ; does what a reader does with the archive from a disk, and prints what was seen as JSON.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { browse } from "./browse.mjs";

const out = process.argv[2];
const seen = { messages: [], foreign: [] };

const shown = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("article.edition")]
      .filter((a) => !a.hidden)
      .map((a) => ({
        day: a.querySelector("time").getAttribute("datetime"),
        lines: [...a.querySelectorAll("li")].filter((l) => l.offsetParent !== null).map((l) => l.textContent),
      })),
  );
const found = (page) => page.$eval("#found", (e) => e.textContent);
async function search(page, words) {
  await page.focus("#query");
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.press("Backspace");
  await page.keyboard.type(words);
  await new Promise((done) => setTimeout(done, 400)); // the months are loaded at the first search
  return { editions: await shown(page), found: await found(page) };
}

await browse(async (browser) => {
  const page = await browser.newPage();
  page.on("console", (m) => seen.messages.push(m.text()));
  page.on("pageerror", (e) => seen.messages.push(String(e)));
  page.on("request", (r) => {
    if (!r.url().startsWith("file:") && !r.url().startsWith("data:")) seen.foreign.push(r.url());
  });
  await page.goto(pathToFileURL(join(out, "index.html")).href);
  seen.before = { editions: await shown(page), found: await found(page) };
  seen.headline = await search(page, "LAUNCHERS cargo");
  seen.theme = await search(page, "sanctions 2022-02-02");
  seen.date = await search(page, "1 february");
  seen.accent = await search(page, "ґрунтовии");
  seen.sentence = await search(page, "eastern garrisons");
  seen.address = await page.evaluate(() => location.hash);
  await page.goto("about:blank");
  await page.goto(pathToFileURL(join(out, "index.html")).href + "#q=kestrel%20airfield");
  await new Promise((done) => setTimeout(done, 400));
  seen.kept = { editions: await shown(page), found: await found(page) };
  seen.nothing = await search(page, "no such words anywhere");
  seen.markup = await search(page, "<script>");
  seen.cleared = await search(page, "");

  // With the keyboard alone: the first stop is the feed, the second the search, the next the newest edition.
  await page.reload();
  seen.stops = [];
  for (let n = 0; n < 3; n += 1) {
    await page.keyboard.press("Tab");
    seen.stops.push(await page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("href")));
  }

  // From a headline to its item, from a citation to its source, and back.
  await search(page, "launchers");
  await Promise.all([page.waitForNavigation(), page.click(".hits a")]);
  seen.item = await page.evaluate(() => ({ hash: location.hash, there: !!document.querySelector(":target") }));
  const cite = await page.$eval("article.story sup.cite a", (a) => ({ id: a.id, href: a.getAttribute("href") }));
  await page.click("article.story sup.cite a");
  seen.source = await page.evaluate(() => ({ hash: location.hash, there: !!document.querySelector(":target") }));
  seen.cite = cite;
  await page.click(`.source-list li:target .back a[href="#${cite.id}"]`);
  seen.back = await page.evaluate(() => ({ hash: location.hash, text: document.querySelector(":target")?.textContent }));

  // A phone: nothing sticks out.
  seen.overflow = {};
  for (const file of ["index.html", "2022-02-01/briefing.html", "2022-02-01/email.html"]) {
    await page.setViewport({ width: 360, height: 700 });
    await page.goto(pathToFileURL(join(out, file)).href);
    seen.overflow[file] = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  }
});
console.log(JSON.stringify(seen));
