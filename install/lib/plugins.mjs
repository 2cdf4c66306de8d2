import { existsSync, readdirSync } from 'node:fs';
import { attempt, run } from './commands.mjs';
import { buildIfStale } from './builds.mjs';
import { at } from './paths.mjs';

const PROGRAM = at('sdk/bin/bailiwick-plugin.mjs');
const LIMIT_MS = 120_000;

const samples = () => readdirSync(at('plugins')).filter((name) => existsSync(at('plugins', name, 'plugin.json')));

/** Every sample is built and held to what a plugin is held to; a check of one counts as one. */
export async function checkSamples() {
  await buildIfStale('sdk');
  const results = [];
  for (const name of samples()) {
    if (existsSync(at('plugins', name, 'plugin.ts')))
      await run(process.execPath, [PROGRAM, 'build', at('plugins', name)]);
    results.push(await checkSample(name));
  }
  const failures = results.flatMap(({ failures }) => failures);
  return { passed: results.reduce((sum, { passed }) => sum + passed, 0), failures, skipped: 0 };
}

async function checkSample(name) {
  const { output } = await attempt(process.execPath, [PROGRAM, 'conformance', at('plugins', name), '--json'], {
    timeoutMs: LIMIT_MS,
  });
  const { passed, checks } = JSON.parse(output);
  const failures = checks
    .filter(({ isPassed }) => !isPassed)
    .map(({ title, expected, came }) => ({
      name: `${name} ${title}`,
      text: `${name}: ${title}\n  expected: ${expected}\n  came: ${came}`,
    }));
  return { passed, failures };
}
