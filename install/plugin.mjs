// `npm run plugin:new|plugin:build|plugin:conformance -- <folder>`: the program of the SDK, built from what stands here.
import { spawnSync } from 'node:child_process';
import { buildIfStale } from './lib/builds.mjs';
import { installPackages } from './lib/packages.mjs';
import { at } from './lib/paths.mjs';
import { fail } from './lib/terminal.mjs';

try {
  await installPackages();
  await buildIfStale('sdk');
  // npm changes into the top of the repository; a folder is meant as seen from where it was called.
  const options = { stdio: 'inherit', cwd: process.env.INIT_CWD ?? process.cwd() };
  const { status } = spawnSync(
    process.execPath,
    [at('sdk/bin/bailiwick-plugin.mjs'), ...process.argv.slice(2)],
    options,
  );
  process.exitCode = status ?? 1;
} catch (error) {
  fail(error);
}
