// `npm run bench`: brings an engine and the builds, then measures the pair beside the raw engine on this machine.
import { spawn } from 'node:child_process';
import { buildAll } from './lib/builds.mjs';
import { installPackages } from './lib/packages.mjs';
import { at, root } from './lib/paths.mjs';
import { bringEngine } from './lib/test-engine.mjs';
import { TEST_IMAGE } from './lib/test-image.mjs';
import { fail } from './lib/terminal.mjs';

try {
  await buildAll(installPackages());
  const engine = await bringEngine();
  try {
    const env = {
      ...process.env,
      BAILIWICK_DOCKER_HOST: engine.host,
      BENCH_IMAGE: process.env.BENCH_IMAGE ?? TEST_IMAGE,
    };
    const bench = spawn(process.execPath, [at('bench/run.mjs')], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env,
    });
    process.exitCode = await new Promise((done, failed) =>
      bench.on('exit', (code) => done(code ?? 1)).on('error', failed),
    );
  } finally {
    await engine.stop();
  }
} catch (error) {
  fail(error);
}
