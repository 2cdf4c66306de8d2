// Proves the architecture checks: in a copy of the sources, one violation per rule, and the rule must name that file.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { ESLint } from 'eslint';
import { arrows, lint, targets } from './seeds.mjs';

const root = path.resolve(import.meta.dirname, '../../../..');
const SOURCES = ['apps/core/src', 'apps/gui/src', 'contract/src', 'sdk/src'];
const ALONGSIDE = [
  'package.json',
  'eslint.config.mjs',
  '.dependency-cruiser.cjs',
  'apps/core/package.json',
  'apps/core/tsconfig.json',
  'apps/gui/package.json',
  'apps/gui/tsconfig.json',
  'contract/package.json',
  'contract/tsconfig.json',
  'sdk/package.json',
  'sdk/tsconfig.json',
];

function copySources() {
  const copy = mkdtempSync(path.join(tmpdir(), 'bailiwick-arrows-'));
  for (const source of SOURCES) {
    mkdirSync(path.join(copy, source), { recursive: true });
    if (existsSync(path.join(root, source)))
      cpSync(path.join(root, source), path.join(copy, source), { recursive: true });
  }
  for (const file of ALONGSIDE)
    if (existsSync(path.join(root, file))) cpSync(path.join(root, file), path.join(copy, file));
  for (const place of ['', 'apps/core', 'apps/gui', 'contract', 'sdk']) linkPackages(place, copy);
  return copy;
}

/** Packages are linked one by one, so that the contract in the copy is the copy's own. */
function linkPackages(place, copy) {
  const from = path.join(root, place, 'node_modules');
  const to = path.join(copy, place, 'node_modules');
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((entry) => !entry.startsWith('.') && entry !== '@bailiwick'))
    symlinkSync(path.join(from, name), path.join(to, name));
  if (!place.startsWith('apps/')) return;
  mkdirSync(path.join(to, '@bailiwick'));
  symlinkSync(path.join(copy, 'contract'), path.join(to, '@bailiwick/contract'));
}

function write(copy, file, source) {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  writeFileSync(path.join(copy, file), source);
}

async function violationsIn(copy) {
  const { forbidden, options } = createRequire(import.meta.url)(path.join(copy, '.dependency-cruiser.cjs'));
  const settings = {
    ...options,
    baseDir: copy,
    validate: true,
    ruleSet: { forbidden },
    enhancedResolveOptions: undefined,
  };
  const { output } = await cruise(SOURCES, settings, options.enhancedResolveOptions);
  return output.summary.violations;
}

async function proveArrows(copy, say) {
  const { forbidden } = createRequire(import.meta.url)(path.join(copy, '.dependency-cruiser.cjs'));
  for (const { name } of forbidden) if (!arrows[name]) say(false, `arrow ${name}: no seed proves it`);

  for (const [file, source] of Object.entries(targets)) write(copy, file, source);
  const before = await violationsIn(copy);
  for (const [, [file, source]] of Object.entries(arrows)) write(copy, file, source);
  const after = await violationsIn(copy);

  const names = (violations, rule, file) =>
    violations.some(({ rule: { name }, from }) => name === rule && from === file);
  for (const [rule, [file]] of Object.entries(arrows))
    say(!names(before, rule, file) && names(after, rule, file), `arrow ${rule}`);
}

async function proveLint(copy, say) {
  for (const [, [, file, source]] of Object.entries(lint)) write(copy, file, source);
  const { default: overrideConfig } = await import(pathToFileURL(path.join(copy, 'eslint.config.mjs')).href);
  const eslint = new ESLint({ cwd: copy, overrideConfigFile: true, overrideConfig });
  const files = Object.values(lint).map(([, file]) => path.join(copy, file));
  const results = await eslint.lintFiles(files);
  for (const [name, [rule, file]] of Object.entries(lint)) {
    const result = results.find(({ filePath }) => filePath === path.join(copy, file));
    say(result?.messages.some(({ ruleId }) => ruleId === rule) ?? false, `lint refuses ${name}`);
  }
}

const copy = copySources();
const failed = [];
let proved = 0;
const say = (good, what) => {
  if (good) proved += 1;
  else failed.push(what);
};
try {
  await proveArrows(copy, say);
  await proveLint(copy, say);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
for (const what of failed) console.log(`not caught: ${what}`);
console.log(`${proved} rules proved, ${failed.length} not`);
process.exitCode = failed.length > 0 ? 1 : 0;
