import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildPlugin } from './build-plugin.js';
import { checkPlugin } from './conformance/conformance.js';
import type { Check } from './conformance/checks.js';
import { isObject } from './conformance/example.rules.js';
import type { JsonObject, JsonValue } from './json.js';
import { newPlugin } from './new-plugin.js';

const USAGE = `bailiwick-plugin new <folder> [--python]
    makes a plugin that runs as it is
bailiwick-plugin build <folder>
    makes plugin.mjs of plugin.ts
bailiwick-plugin conformance <folder> [--json] [--settings=<file>]
    plays the core against a plugin and says what is not right`;

/** Where this package is: the program stands in its dist. */
const SDK = path.resolve(import.meta.dirname, '..');

/** Something whoever called can put right. */
class Misuse extends Error {}

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The program bailiwick-plugin; gives the exit code. */
export async function main(words: string[]): Promise<number> {
  const [command, ...rest] = words;
  try {
    if (command === 'new') return await make(rest);
    if (command === 'build') return await build(rest);
    if (command === 'conformance') return await conformance(rest);
    throw new Misuse(USAGE);
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function make(words: string[]): Promise<number> {
  const [folder, ...more] = words.filter((word) => word !== '--python');
  if (folder === undefined || folder.startsWith('--') || more.length > 0) throw new Misuse(USAGE);
  await doing(newPlugin(folder, words.includes('--python') ? 'python' : 'typescript', SDK));
  say(`${folder} is a plugin now; its README.md says how to go on.`);
  return 0;
}

/** What goes wrong here is said, without where in the program it did. */
const doing = (work: Promise<void>) =>
  work.catch((error: unknown) => {
    throw new Misuse((error as Error).message);
  });

async function build(words: string[]): Promise<number> {
  const [folder, ...more] = words;
  if (folder === undefined || folder.startsWith('--') || more.length > 0) throw new Misuse(USAGE);
  await doing(buildPlugin(folder, SDK));
  say(`${path.join(folder, 'plugin.mjs')} is built.`);
  return 0;
}

async function conformance(words: string[]): Promise<number> {
  const [folder, ...more] = words.filter((word) => !word.startsWith('--'));
  const flags = words.filter((word) => word.startsWith('--'));
  const unknown = flags.find((flag) => flag !== '--json' && !flag.startsWith('--settings='));
  if (folder === undefined || more.length > 0 || unknown) throw new Misuse(USAGE);
  const settings = flags.find((flag) => flag.startsWith('--settings='))?.slice('--settings='.length);
  const asJson = flags.includes('--json');
  const result = await checkPlugin(folder, {
    settings: settings === undefined ? undefined : settingsIn(settings),
    ...(asJson ? {} : { tell: (check) => say(lineOf(check)) }),
  });
  if (asJson) say(JSON.stringify(result, null, 2));
  else say(`${result.passed} passed, ${result.failed} failed`);
  return result.failed > 0 ? 1 : 0;
}

function lineOf({ title, expected, isPassed, came }: Check): string {
  return isPassed ? `PASS ${title}` : `FAIL ${title}\n  expected: ${expected}\n  came: ${came}`;
}

function settingsIn(file: string): JsonObject {
  let settings: JsonValue;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8')) as JsonValue;
  } catch (error) {
    throw new Misuse(`${file}: ${(error as Error).message}`);
  }
  if (!isObject(settings)) throw new Misuse(`${file} is no JSON object.`);
  return settings;
}
