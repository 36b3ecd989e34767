// Usage: node axe.mjs FILE... ; prints one JSON line a page and colour scheme: what axe-core finds wrong.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { browse } from "./browse.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

await browse(async (browser) => {
  for (const file of process.argv.slice(2)) {
    for (const scheme of ["light", "dark"]) {
      const page = await browser.newPage();
      // The page's own policy forbids scripts; the check is not part of the page.
      await page.setBypassCSP(true);
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.setViewport({ width: scheme === "light" ? 1280 : 390, height: 900 });
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(axe);
      const { violations, passes } = await page.evaluate(() => window.axe.run(document));
      const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 5).map((n) => n.html.slice(0, 200) + " | " + n.failureSummary) }));
      console.log(JSON.stringify({ file, scheme, violations: found, passes: passes.length }));
      await page.close();
    }
  }
});
