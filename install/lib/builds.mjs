import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CommandFailed, run } from './commands.mjs';
import { environment } from './packages.mjs';
import { at } from './paths.mjs';
import { step, Trouble } from './terminal.mjs';

const NOT_SOURCE =
  /^(node_modules|dist|\.next|coverage|artifacts|test)$|\.spec\.tsx?$|\.tsbuildinfo$|^next-env\.d\.ts$/;
const SHARED = ['contract', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'];

/** What is built, from which sources, into which files. */
const BUILDS = {
  core: {
    title: 'core built',
    sources: ['apps/core', 'proto', ...SHARED],
    result: 'apps/core/dist/main.cjs',
    make: () => node('apps/core', ['build.mjs']),
  },
  gui: {
    title: 'panel built',
    sources: ['apps/gui', ...SHARED],
    result: 'apps/gui/dist/server.mjs',
    make: buildGui,
  },
  sdk: {
    title: 'SDK of plugins built',
    sources: ['sdk', ...SHARED],
    result: 'sdk/dist/cli.mjs',
    make: () => node('sdk', ['build.mjs']),
  },
};

async function buildGui() {
  await node('apps/gui', ['node_modules/next/dist/bin/next', 'build']);
  const bundle = ['--bundle', '--platform=node', '--format=esm', '--packages=external', '--log-level=warning'];
  await run(
    at('apps/gui/node_modules/esbuild/bin/esbuild'),
    ['server/server.ts', ...bundle, '--outfile=dist/server.mjs'],
    {
      cwd: at('apps/gui'),
    },
  );
}

const node = (place, args) =>
  run(process.execPath, args, { cwd: at(place), env: { ...environment(), NODE_ENV: 'production' } });

function filesOf(place) {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [place];
  return readdirSync(place)
    .filter((name) => !NOT_SOURCE.test(name))
    .flatMap((name) => filesOf(path.join(place, name)));
}

function digest({ sources }) {
  const hash = createHash('sha256').update(process.version + process.arch);
  for (const file of sources.flatMap((source) => filesOf(at(source))).sort())
    hash.update(path.relative(at(), file)).update(readFileSync(file));
  return hash.digest('hex');
}

const stampOf = (name) => at('node_modules/.cache/bailiwick', name);

/** Whether what was built came from exactly the sources that stand here now. */
export function isCurrent(name) {
  const build = BUILDS[name];
  const stamp = stampOf(name);
  return existsSync(at(build.result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest(build);
}

/** Whoever writes into a build's folder by another way leaves it to be made anew. */
export const forgetBuild = (name) => rmSync(stampOf(name), { force: true });

export async function buildIfStale(name) {
  if (isCurrent(name)) return;
  const build = BUILDS[name];
  const before = digest(build);
  await step(build.title, build.make).catch((error) => {
    if (error instanceof CommandFailed && /ENOSPC|os error 28|no\s+space\s+left/i.test(error.output))
      throw new Trouble('The disk is full; free some room and try again.');
    throw error;
  });
  mkdirSync(path.dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), before);
}

/** The tools a build needs are linked before native packages are compiled, so builds need not wait for the compiler. */
export async function buildAll(installed) {
  let over = false;
  const install = installed.finally(() => {
    over = true;
  });
  const linked = async () => {
    while (!over && !existsSync(at('apps/gui/node_modules/.bin/next')))
      await new Promise((done) => setTimeout(done, 100));
  };
  await Promise.race([install, linked()]);
  const builds = buildIfStale('core').then(() => buildIfStale('gui'));
  const [installation, building] = await Promise.allSettled([install, builds]);
  if (installation.status === 'rejected') throw installation.reason;
  if (building.status === 'rejected') throw building.reason;
}
