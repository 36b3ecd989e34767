// Usage: node shot.mjs FILE WIDTH SCHEME OUT.png ; a picture of a whole page as a device of that width shows it.
import { pathToFileURL } from "node:url";
import { browse } from "./browse.mjs";

const [file, width, scheme, out] = process.argv.slice(2);
await browse(async (browser) => {
  const page = await browser.newPage();
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.setViewport({ width: Number(width), height: 900 });
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: out, fullPage: true });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  console.log(JSON.stringify({ overflow }));
});
