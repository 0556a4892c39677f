// Pictures of the demo's pages for the README and the documentation: small PNGs of few colours.
//
//   GAPWISE_BROWSER=<folder with node_modules> node tests/browser/pictures.mjs <published folder> <folder of pictures>

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, packages } from './tools.mjs';

const UPNG = packages('upng-js');
const COLOURS = 48;
const LIMIT = 120_000;

const LAPTOP = { width: 900, height: 1150 };
const PHONE = { width: 360, height: 780 };

// The top of the page in a window of this size; `from` begins at an element, `only` is one element.
const PICTURES = [
  { name: 'leadership', page: 'leadership.html', size: LAPTOP },
  { name: 'leadership-dark', page: 'leadership.html', size: LAPTOP, scheme: 'dark' },
  { name: 'leadership-phone', page: 'leadership.html', size: PHONE },
  { name: 'investigation', page: 'investigation.html', size: LAPTOP, from: 'section:has(> p > .gw-badge)' },
  { name: 'chart-types', page: 'investigation.html', size: LAPTOP, only: 'figure:has([id$="-types-t"])' },
  { name: 'chart-event', page: 'investigation.html', size: LAPTOP, only: 'figure:has([id$="-event-t"])' },
  { name: 'email', page: 'email.html', size: { width: 680, height: 1000 } },
];

async function take(browser, folder, { name, page: file, size, scheme = 'light', from, only }) {
  const page = await browser.newPage({ viewport: size, colorScheme: scheme, deviceScaleFactor: only ? 2 : 1.5 });
  await page.goto(pathToFileURL(path.resolve(folder, file)).href);
  if (from) await page.locator(from).first().evaluate((part) => part.scrollIntoView());
  const target = only ? page.locator(only).first() : page;
  const taken = await target.screenshot({ animations: 'disabled' });
  await page.close();
  return fewColours(taken, name);
}

function fewColours(png, name) {
  const image = UPNG.decode(png);
  const small = Buffer.from(UPNG.encode(UPNG.toRGBA8(image), image.width, image.height, COLOURS));
  if (small.length > LIMIT) throw new Error(`${name}.png has ${small.length} bytes, more than ${LIMIT}`);
  return small;
}

async function main(folder, into) {
  mkdirSync(into, { recursive: true });
  const browser = await launch();
  for (const picture of PICTURES) {
    if (!existsSync(path.resolve(folder, picture.page))) {
      console.log(`${picture.name}: no ${picture.page} was published`);
      continue;
    }
    const png = await take(browser, folder, picture);
    writeFileSync(path.resolve(into, `${picture.name}.png`), png);
    console.log(`${picture.name}.png ${png.length} bytes`);
  }
  await browser.close();
}

await main(process.argv[2], process.argv[3]);
