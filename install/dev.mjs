// `node install/dev.mjs core|gui`: one service from its sources, built again and restarted as they change.
import { spawn } from 'node:child_process';
import { buildIfStale } from './lib/builds.mjs';
import { at } from './lib/paths.mjs';
import { fail, Trouble } from './lib/terminal.mjs';

const node = (place, ...args) =>
  spawn(process.execPath, args, { cwd: at(place), stdio: ['pipe', 'inherit', 'inherit'] });

const SERVICES = {
  core: async () => {
    await buildIfStale('core');
    return [node('apps/core', 'build.mjs', '--watch'), node('apps/core', '--watch', 'dist/main.cjs')];
  },
  // The pages come from Next's own development server inside ours; only the server itself is bundled.
  gui: async () => {
    const bundle = ['--bundle', '--platform=node', '--format=esm', '--packages=external', '--outfile=dist/server.mjs'];
    const esbuild = ['node_modules/esbuild/bin/esbuild', 'server/server.ts', ...bundle];
    await new Promise((done) => node('apps/gui', ...esbuild).on('exit', done));
    return [node('apps/gui', ...esbuild, '--watch=forever'), node('apps/gui', '--watch', 'dist/server.mjs')];
  },
};

try {
  const [name] = process.argv.slice(2);
  if (!SERVICES[name]) throw new Trouble(`Which service? ${Object.keys(SERVICES).join(' or ')}.`);
  process.env.BAILIWICK_ENV ??= 'development';
  process.env.NODE_ENV ??= 'development';
  const children = await SERVICES[name]();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      for (const child of children) child.kill('SIGTERM');
    });
} catch (error) {
  fail(error);
}
