import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attempt, run } from './commands.mjs';
import { buildIfStale } from './builds.mjs';
import { at } from './paths.mjs';

const PROGRAM = at('sdk/bin/bailiwick-plugin.mjs');
const LIMIT_MS = 120_000;

const samples = () => readdirSync(at('plugins')).filter((name) => existsSync(at('plugins', name, 'plugin.json')));

/** Every sample is built and held to what a plugin is held to, with settings by its name; a check of one counts as one. */
export async function checkSamples(settings = {}) {
  await buildIfStale('sdk');
  const results = [];
  for (const name of samples()) {
    if (existsSync(at('plugins', name, 'plugin.ts')))
      await run(process.execPath, [PROGRAM, 'build', at('plugins', name)]);
    results.push(await checkSample(name, settings[name]));
  }
  const failures = results.flatMap(({ failures }) => failures);
  return { passed: results.reduce((sum, { passed }) => sum + passed, 0), failures, skipped: 0 };
}

async function checkSample(name, settings) {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bailiwick-settings-')), 'settings.json');
  if (settings) writeFileSync(file, JSON.stringify(settings));
  const given = settings ? [`--settings=${file}`] : [];
  const { output } = await attempt(
    process.execPath,
    [PROGRAM, 'conformance', at('plugins', name), '--json', ...given],
    {
      timeoutMs: LIMIT_MS,
    },
  );
  rmSync(path.dirname(file), { recursive: true });
  const { passed, checks } = JSON.parse(output);
  const failures = checks
    .filter(({ isPassed }) => !isPassed)
    .map(({ title, expected, came }) => ({
      name: `${name} ${title}`,
      text: `${name}: ${title}\n  expected: ${expected}\n  came: ${came}`,
    }));
  return { passed, failures };
}
