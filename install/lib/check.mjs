import { existsSync } from 'node:fs';
import * as apt from './apt.mjs';
import { isCurrent } from './builds.mjs';
import { findProgram } from './commands.mjs';
import { deniedTrouble, findEngine } from './engine.mjs';
import { arePackagesCurrent, freeBytes, missingCompilerParts } from './packages.mjs';
import { at } from './paths.mjs';
import { isFree } from './ports.mjs';
import { dim, green, red, say } from './terminal.mjs';

const bySelf = 'npm start does it';

/** Looks at everything `npm start` needs, changes nothing; the number of things that are missing. */
export async function check(settings) {
  const rows = [node(), packages(), compiler(), build('core'), build('gui'), await engine(settings)];
  for (const [name, host, port] of [
    ['core', settings.coreHost, settings.corePort],
    ['monitoring', '127.0.0.1', settings.grpcPort],
    ['panel', settings.guiHost, settings.guiPort],
  ])
    rows.push(await portRow(name, host, port));
  rows.push(room());
  for (const { good, name, detail } of rows.filter(Boolean))
    say(`${good ? green('✓') : red('✗')} ${name} ${dim(detail ?? '')}`);
  const missing = rows.filter((row) => row && !row.good);
  say(missing.length === 0 ? 'Everything is here.' : `Missing: ${missing.map(({ name }) => name).join(', ')}.`);
  return missing.length;
}

const node = () => ({ good: true, name: `Node ${process.versions.node}` });

const packages = () =>
  arePackagesCurrent()
    ? { good: true, name: 'packages' }
    : { good: false, name: 'packages', detail: `not installed, or older than the lockfile: ${bySelf}` };

function compiler() {
  if (arePackagesCurrent()) return undefined;
  const missing = missingCompilerParts();
  if (missing.length === 0) return { good: true, name: 'compiler' };
  const fix = apt.canInstall() ? bySelf : 'as root run: apt-get install g++ make python3';
  return {
    good: false,
    name: 'compiler',
    detail: `${missing.join(', ')} not found (needed where better-sqlite3 has no ready binary): ${fix}`,
  };
}

const build = (name) =>
  existsSync(at('pnpm-lock.yaml')) && isCurrent(name)
    ? { good: true, name: `${name} build` }
    : { good: false, name: `${name} build`, detail: `not built from these sources: ${bySelf}` };

async function engine({ demo, engineInstall }) {
  if (demo) return { good: true, name: 'engine', detail: 'not needed for the demo' };
  const found = await findEngine();
  if (found?.version) return { good: true, name: 'engine', detail: `${found.version} at ${found.host}` };
  if (found?.denied) return { good: false, name: 'engine', detail: deniedTrouble(found.denied).message };
  const place = found?.silent ? `nothing answers at ${found.silent}` : 'none found';
  return { good: false, name: 'engine', detail: `${place}: ${engineFix(engineInstall)}` };
}

export function engineFix(engineInstall = true) {
  if (findProgram('dockerd')) return apt.isRoot() && engineInstall ? bySelf : 'as root run: systemctl start docker';
  return apt.canInstall() && engineInstall
    ? bySelf
    : 'install Docker (Debian and Ubuntu, as root: apt-get install docker.io)';
}

async function portRow(name, host, port) {
  const good = await isFree(host, port);
  return { good, name: `port ${port}`, detail: good ? `for the ${name}` : `where the ${name} should listen, is taken` };
}

function room() {
  const free = freeBytes();
  const needed = arePackagesCurrent() ? 200 * 1024 ** 2 : 2 * 1024 ** 3;
  return { good: free > needed, name: 'disk', detail: `${(free / 1024 ** 3).toFixed(1)} GB free` };
}
