import * as apt from './apt.mjs';
import { findProgram } from './commands.mjs';
import { step, Trouble } from './terminal.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const find = () => process.env.CHROMIUM_PATH ?? NAMES.map(findProgram).find(Boolean);

/** The browser the tests drive: the one here, or Debian's. */
export async function bringBrowser() {
  const here = find();
  if (here) return here;
  if (!apt.canInstall())
    throw new Trouble(
      'The browser tests need Chromium; as root run: apt-get install chromium, or name one with CHROMIUM_PATH.',
    );
  await step('Chromium installed', () => apt.install('chromium', 'fonts-dejavu-core'));
  const installed = find();
  if (!installed) throw new Trouble('apt installed chromium, and there is no program of that name.');
  return installed;
}
