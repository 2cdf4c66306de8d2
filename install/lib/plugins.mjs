import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attempt, run } from './commands.mjs';
import { buildIfStale } from './builds.mjs';
import { at } from './paths.mjs';

const PROGRAM = at('sdk/bin/bailiwick-plugin.mjs');
const LIMIT_MS = 120_000;

const samples = () => readdirSync(at('plugins')).filter((name) => existsSync(at('plugins', name, 'plugin.json')));

export async function buildSamples() {
  await buildIfStale('sdk');
  for (const folder of samples().map((name) => at('plugins', name)))
    if (existsSync(path.join(folder, 'plugin.ts'))) await run(process.execPath, [PROGRAM, 'build', folder]);
}

/** Every sample, once built, and a new plugin in each language are held to what a plugin is held to, with settings by its name; a check of one counts as one. */
export async function checkSamples(settings = {}) {
  const results = [];
  for (const name of samples()) results.push(await checkSample(at('plugins', name), settings[name]));
  results.push(await checkNew('new-in-typescript'), await checkNew('new-in-python', '--python'));
  const failures = results.flatMap(({ failures }) => failures);
  return { passed: results.reduce((sum, { passed }) => sum + passed, 0), failures, skipped: 0 };
}

/** What `plugin:new` makes is a plugin as it is. */
async function checkNew(name, ...flags) {
  const work = mkdtempSync(path.join(tmpdir(), 'bailiwick-new-'));
  const folder = path.join(work, name);
  await run(process.execPath, [PROGRAM, 'new', folder, ...flags]);
  const types = path.join(folder, 'tsconfig.json');
  if (existsSync(types)) await run(at('node_modules/.bin/tsc'), ['-p', types]);
  const result = await checkSample(folder);
  rmSync(work, { recursive: true });
  return result;
}

async function checkSample(folder, settings) {
  const name = path.basename(folder);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'bailiwick-settings-')), 'settings.json');
  if (settings) writeFileSync(file, JSON.stringify(settings));
  const given = settings ? [`--settings=${file}`] : [];
  const { output } = await attempt(process.execPath, [PROGRAM, 'conformance', folder, '--json', ...given], {
    timeoutMs: LIMIT_MS,
  });
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
