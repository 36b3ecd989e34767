// Opens pages in Chromium and prints what it saw, one JSON line per page, width and colour scheme.
//
//     node look.js CHROMIUM PAGE.html…
//
// Nothing is fetched: every host name resolves to nothing.
const fs = require('fs');
const os = require('os');
const path = require('path');
const puppeteer = require('puppeteer-core');

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']];

async function look(browser, file, width, scheme) {
  const page = await browser.newPage();
  const asked = [];
  page.on('request', (request) => { if (!request.url().startsWith('file:') && !request.url().startsWith('data:')) asked.push(request.url()); });
  await page.setBypassCSP(true); // axe is put into the page by us
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto('file://' + path.resolve(file));
  const seen = { file: path.basename(file), width, scheme };
  seen.scrolls = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  await page.evaluate(AXE);
  const report = await page.evaluate(() => axe.run());
  seen.violations = report.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`);
  seen.ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.keyboard.press('Tab');
  seen.first = await page.evaluate(() => document.activeElement.getAttribute('href'));
  seen.round = await page.evaluate(roundTrip);
  seen.asked = asked;
  await page.close();
  return seen;
}

// Follows the first citation to its source and from there back to a sentence that cites it.
function roundTrip() {
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.top >= -1 && box.top <= window.innerHeight;
  };
  const citation = document.querySelector('sup a[href^="#source-"]');
  if (!citation) return null;
  citation.click();
  const source = document.querySelector(location.hash);
  const arrived = visible(source);
  const back = source.querySelector('a[href^="#c"]');
  back.click();
  const sentence = document.querySelector(location.hash);
  return { arrived, returned: visible(sentence), same: sentence.getAttribute('href') === '#' + source.id };
}

(async () => {
  const [chromium, ...files] = process.argv.slice(2);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'briefing-look-'));
  const browser = await puppeteer.launch({
    executablePath: chromium,
    userDataDir: profile,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--host-resolver-rules=MAP * ~NOTFOUND'],
  });
  try {
    for (const file of files) {
      for (const [width, scheme] of VIEWS) console.log(JSON.stringify(await look(browser, file, width, scheme)));
    }
  } finally {
    await browser.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
})().catch((error) => { console.error(error); process.exit(1); });
