import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as apt from './apt.mjs';
import { attempt, findProgram } from './commands.mjs';
import { at, root } from './paths.mjs';
import { say, step, Trouble, yellow } from './terminal.mjs';

const MANIFESTS = [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  'apps/core/package.json',
  'apps/gui/package.json',
  'contract/package.json',
  'sdk/package.json',
  'plugins/package.json',
];
const NEEDED_BYTES = 2 * 1024 ** 3;
const STAMP = at('node_modules/.cache/bailiwick/packages');
const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|ERR_PNPM_META_FETCH_FAIL|network/i;

/** What a native package is compiled with where no ready binary can be fetched. */
export const missingCompilerParts = () => ['g++', 'make', 'python3'].filter((program) => !findProgram(program));

export function environment() {
  const prefix = path.resolve(process.execPath, '../..');
  const headers = existsSync(path.join(prefix, 'include/node/node.h')) ? { npm_config_nodedir: prefix } : {};
  return { NEXT_TELEMETRY_DISABLED: '1', npm_config_fetch_retries: '1', ...headers };
}

const digest = () => {
  const hash = createHash('sha256').update(`${process.versions.modules} ${process.arch}`);
  for (const file of MANIFESTS) hash.update(file).update(readFileSync(at(file)));
  return hash.digest('hex');
};

export const arePackagesCurrent = () =>
  existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest() && existsSync(at('node_modules/.modules.yaml'));

/** Installs exactly what the lockfile names, with exactly the pnpm that package.json names. */
export async function installPackages() {
  if (arePackagesCurrent()) return;
  assertRoom();
  await step('packages installed', async () => {
    await pnpm(['install', '--frozen-lockfile', '--reporter=append-only']);
  });
  if (!(await sqliteLoads())) await rebuildSqlite();
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, digest());
}

/** Only what one service needs to run: no tools, no scripts. */
export const installForRunning = (name) =>
  step(`packages of ${name}`, () =>
    pnpm(['install', '--prod', '--frozen-lockfile', '--ignore-scripts', '--filter', `@bailiwick/${name}...`]),
  );

async function pnpm(args, { compilerTried = false } = {}) {
  const { packageManager } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  const { code, output } = await attempt('npx', ['--yes', '--loglevel=error', packageManager, ...args], {
    env: { ...environment(), CI: 'true' },
  });
  if (code === 0) return;
  if (/ENOSPC|os error 28|no\s+space\s+left/i.test(output)) throw diskFull();
  if (/better-sqlite3/.test(output) && /gyp|prebuild|ELIFECYCLE/i.test(output) && !compilerTried) {
    await provideCompiler();
    await pnpm(args, { compilerTried: true });
    return;
  }
  if (OFFLINE.test(output) && !/gyp ERR/.test(output)) throw await offline();
  throw new Trouble(
    `The packages could not be installed; pnpm said:\n${output.trim().split('\n').slice(-15).join('\n')}`,
  );
}

async function rebuildSqlite() {
  await provideCompiler();
  await step('better-sqlite3 compiled', () => pnpm(['rebuild', 'better-sqlite3'], { compilerTried: true }));
  if (!(await sqliteLoads()))
    throw new Trouble('better-sqlite3 does not load on this Node; reinstall with: rm -rf node_modules && npm start');
}

/** better-sqlite3 is compiled where its ready binary cannot be fetched. */
async function provideCompiler() {
  const missing = missingCompilerParts();
  if (missing.length === 0) return;
  if (!apt.canInstall())
    throw new Trouble(
      `better-sqlite3 has to be compiled here and ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing; as root run: apt-get install g++ make python3, then try again.`,
    );
  say(`${yellow('•')} better-sqlite3 has to be compiled here: installing ${missing.join(', ')} with apt`);
  await step('compiler installed', () => apt.install('g++', 'make', 'python3'));
}

async function sqliteLoads() {
  const probe = "const Database = require('better-sqlite3'); new Database(':memory:').close();";
  const { code } = await attempt(process.execPath, ['-e', probe], { cwd: at('apps/core') });
  return code === 0;
}

function assertRoom() {
  if (freeBytes() < NEEDED_BYTES && !existsSync(at('node_modules/.modules.yaml'))) throw diskFull();
}

export function freeBytes() {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}

function diskFull() {
  const free = freeBytes();
  const where = free < NEEDED_BYTES ? `${Math.floor(free / 1024 ** 2)} MB are left where ${root} is` : 'a disk is full';
  return new Trouble(
    `The packages need about 2 GB here and in your home folder, and ${where}; free some room and try again.`,
  );
}

async function offline() {
  const { output } = await attempt('npm', ['config', 'get', 'registry']);
  const registry = output.trim().split('\n').at(-1);
  return new Trouble(
    `The package registry ${registry} cannot be reached; check the network or the proxy (npm config set proxy …), or name another one with: npm config set registry <url>.`,
  );
}
