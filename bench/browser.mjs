// Chromium as the panel's own tests start it, signed in.
import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from './panel.mjs';

export async function browserOf(panel) {
  const { chromium } = createRequire(path.join(ROOT, 'apps/gui/package.json'))('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const at = panel.cookie.indexOf('=');
  await context.addCookies([{ name: panel.cookie.slice(0, at), value: panel.cookie.slice(at + 1), url: panel.guiUrl }]);
  return { page: await context.newPage(), close: () => browser.close() };
}
