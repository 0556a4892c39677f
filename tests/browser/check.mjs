// Opens every page of a folder in Chromium, on a phone, on a laptop and on paper, light and dark, and says what is
// wrong, a line each. Exit 1 where something is, 2 where it could not look.
//
//   GAPWISE_BROWSER=<folder with node_modules> node tests/browser/check.mjs <folder of pages>

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from './inspect.mjs';
import { launch, packages } from './tools.mjs';

// A4 without the page's margins, in CSS pixels.
const PAPER = 695;
const PHONE = { width: 360, height: 740 };
const LAPTOP = { width: 1280, height: 800 };

// axe looks once at each width and once at each scheme.
const VIEWS = [
  { name: 'phone, light', size: PHONE, scheme: 'light', axe: true },
  { name: 'laptop, light', size: LAPTOP, scheme: 'light' },
  { name: 'phone, dark', size: PHONE, scheme: 'dark' },
  { name: 'laptop, dark', size: LAPTOP, scheme: 'dark', axe: true },
  { name: 'paper', size: { width: PAPER, height: 1000 }, scheme: 'light', media: 'print' },
];

// Faults of one page that are printed.
const SHOWN = 60;

// Pages open at a time; each has a process of its own.
const AT_A_TIME = 3;

const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8');

async function check(context, file) {
  const faults = [];
  const page = await context.newPage();
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  const own = pathToFileURL(file).href;
  page.on('request', (request) => {
    if (request.url() !== own && !request.url().startsWith('data:')) faults.push(`asks for ${request.url()}`);
  });
  await page.goto(own);
  await page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
  await page.evaluate(axe);
  for (const view of VIEWS) {
    await page.setViewportSize(view.size);
    await page.emulateMedia({ media: view.media ?? 'screen', colorScheme: view.scheme });
    const seen = await page.evaluate(inspect, { paper: view.media === 'print' });
    const judged = view.axe ? await violations(page) : [];
    faults.push(...[...seen, ...judged].map((fault) => `${view.name}: ${fault}`));
  }
  if (isOnePage(file)) faults.push(...(await sheets(page)));
  await page.close();
  return faults;
}

async function violations(page) {
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map(({ id, help, nodes }) => `axe ${id} (${help}): ${nodes.length} x ${nodes[0].html.slice(0, 160)}`);
}

// The leadership page is one sheet of paper; names as long as a page are not held to it.
function isOnePage(file) {
  const name = path.basename(file);
  return name.includes('leadership') && !name.startsWith('hostile');
}

async function sheets(page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const faults = [];
  for (const format of ['A4', 'Letter']) {
    const pdf = await page.pdf({ format, margin: { top: '8mm', bottom: '8mm', left: '13mm', right: '13mm' } });
    const count = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    if (count !== 1) faults.push(`${count} sheets of ${format}`);
  }
  return faults;
}

async function main(folder) {
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
  if (pages.length === 0) throw new Error(`no page in ${folder}`);
  const browser = await launch();
  const context = await browser.newContext({ offline: true, reducedMotion: 'reduce' });
  const found = new Map();
  const open = [...pages];
  const worker = async () => {
    for (let name = open.shift(); name; name = open.shift()) {
      const started = Date.now();
      found.set(name, [...new Set(await check(context, path.resolve(folder, name)))]);
      if (process.env.GAPWISE_BROWSER_TIMES) console.error(`${name} ${Date.now() - started} ms`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  await browser.close();
  let wrong = 0;
  for (const name of pages) {
    const faults = found.get(name);
    wrong += faults.length;
    faults.slice(0, SHOWN).forEach((fault) => console.log(`${name}: ${fault}`));
    if (faults.length > SHOWN) console.log(`${name}: and ${faults.length - SHOWN} more`);
  }
  console.log(`${pages.length} pages, ${wrong} faults`);
  return wrong > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  console.log(`could not look: ${error.message}`);
  process.exitCode = 2;
}
