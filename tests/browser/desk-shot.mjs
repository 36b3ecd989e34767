// Usage: node desk-shot.mjs LINK FOLDER PATH… ; pictures of screens of the desk at 1280 and 360 px, and what axe-core
// finds wrong with them in light and dark: one JSON line each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { WITH_MOUSE, browse } from "./browse.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [link, folder, ...paths] = process.argv.slice(2);
await browse(async (browser) => {
  const context = await browser.createBrowserContext();
  const first = await context.newPage();
  await first.goto(link, { waitUntil: "networkidle0" });
  const origin = new URL(link).origin;
  for (const path of paths) {
    for (const width of [1280, 360]) {
      for (const scheme of ["light", "dark"]) {
        const page = await context.newPage();
        await page.setBypassCSP(true); // axe is put into the page by us
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await page.setViewport({ width, height: 800 });
        const answer = await page.goto(origin + path, { waitUntil: "load" });
        const name = (path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "morning") + `-${width}-${scheme}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: !path.startsWith("/page") });
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        console.log(JSON.stringify({ path, width, scheme, status: answer.status(), overflow, violations: violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)} | ${v.nodes[0].failureSummary}`) }));
        await page.close();
      }
    }
  }
}, WITH_MOUSE);
