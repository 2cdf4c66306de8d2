// `node install/dev.mjs core|gui`: one service from its sources, built again and restarted as they change.
import { spawn } from 'node:child_process';
import { statSync, watchFile } from 'node:fs';
import { forgetBuild } from './lib/builds.mjs';
import { at } from './lib/paths.mjs';
import { fail, Trouble } from './lib/terminal.mjs';

const LOOK_MS = 300;
const BUNDLE = ['--bundle', '--platform=node', '--format=esm', '--packages=external', '--outfile=dist/server.mjs'];

/** The panel's pages come from Next's own development server inside ours; only the server itself is bundled. */
const SERVICES = {
  core: { place: 'apps/core', file: 'dist/main.cjs', builder: ['build.mjs', '--watch'] },
  gui: {
    place: 'apps/gui',
    file: 'dist/server.mjs',
    builder: [
      'node_modules/esbuild/bin/esbuild',
      'server/server.ts',
      ...BUNDLE,
      '--log-level=warning',
      '--watch=forever',
    ],
  },
};

let stopping = false;
const isRunning = ({ exitCode, signalCode }) => exitCode === null && signalCode === null;
const ended = (child) => new Promise((done) => child.on('exit', done));
const writtenAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

async function develop({ place, file, builder }) {
  // A builder that watches ends with its standard input, so that stays open.
  const node = (...args) => spawn(process.execPath, args, { cwd: at(place), stdio: ['pipe', 'inherit', 'inherit'] });
  const before = Date.now();
  const build = node(...builder);
  while (writtenAt(at(place, file)) < before && isRunning(build))
    await new Promise((done) => setTimeout(done, LOOK_MS));

  let service = node(file);
  watchFile(at(place, file), { interval: LOOK_MS }, async () => {
    const old = service;
    old.kill('SIGTERM');
    if (isRunning(old)) await ended(old);
    if (!stopping && service === old) service = node(file);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, async () => {
      stopping = true;
      const children = [build, service].filter(isRunning);
      for (const child of children) child.kill('SIGTERM');
      await Promise.all(children.map(ended));
      process.exit(0);
    });
}

try {
  const [name] = process.argv.slice(2);
  if (!SERVICES[name]) throw new Trouble(`Which service? ${Object.keys(SERVICES).join(' or ')}.`);
  process.env.BAILIWICK_ENV ??= 'development';
  process.env.NODE_ENV ??= 'development';
  forgetBuild(name);
  await develop(SERVICES[name]);
} catch (error) {
  fail(error);
}
