// The browser and the packages, which lie outside the checkout: GAPWISE_BROWSER names the folder with `node_modules`.

import { createRequire } from 'node:module';
import path from 'node:path';

const folder = process.env.GAPWISE_BROWSER;
if (!folder) throw new Error('GAPWISE_BROWSER names no folder with node_modules; see tests/browser/README.md');

export const packages = createRequire(path.resolve(folder, 'package.json'));

const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
];

// A system's own Chromium, without its sandbox only where it could not start with it.
export function launch() {
  const executablePath = process.env.GAPWISE_CHROMIUM ?? '/usr/bin/chromium';
  const isRoot = process.getuid?.() === 0;
  return packages('playwright-core').chromium.launch({ executablePath, args: QUIET, chromiumSandbox: !isRoot });
}
