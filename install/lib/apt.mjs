import { existsSync, readdirSync } from 'node:fs';
import { attempt, findProgram, run } from './commands.mjs';
import { Trouble } from './terminal.mjs';

const LISTS = '/var/lib/apt/lists';
const env = { DEBIAN_FRONTEND: 'noninteractive' };

export const isRoot = () => process.getuid?.() === 0;

/** Whether this process may install system packages by itself. */
export const canInstall = () => isRoot() && findProgram('apt-get') !== undefined;

/** Installs Debian or Ubuntu packages, reading the package lists first where there are none or they are too old. */
export async function install(...packages) {
  if (hasLists()) {
    const { code } = await aptGet('install', '-y', '--no-install-recommends', ...packages);
    if (code === 0) return;
  }
  await update();
  const { code, output } = await aptGet('install', '-y', '--no-install-recommends', ...packages);
  if (code === 0) return;
  const reason = output.split('\n').findLast((line) => line.startsWith('E: ')) ?? `apt-get ended with ${code}`;
  throw new Trouble(
    `apt could not install ${packages.join(' ')} (${reason.replace(/^E: /, '')}); run: apt-get update && apt-get install ${packages.join(' ')}`,
  );
}

export const hasLists = () => existsSync(LISTS) && readdirSync(LISTS).some((name) => name.includes('_Packages'));
export const update = () => aptGet('update');

const aptGet = (...args) => attempt('apt-get', ['-q', ...args], { env });

export const systemdRuns = () => existsSync('/run/systemd/system');
export const startUnit = (unit) => run('systemctl', ['enable', '--now', unit]);
