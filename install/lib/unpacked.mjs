import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as apt from './apt.mjs';
import { findProgram, run } from './commands.mjs';
import { at } from './paths.mjs';
import { Trouble } from './terminal.mjs';

export const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const cache = (name) => at('node_modules/.cache/bailiwick/unpacked', name);

/** A program of the machine, or one from a Debian package that is unpacked beside our own packages: nothing is installed. */
export async function programFrom(packageName, file) {
  const here = findProgram(path.basename(file));
  if (here) return here;
  const folder = await unpack(packageName, [packageName]);
  return path.join(folder, file);
}

/** Downloads and unpacks packages into a folder of ours; `suite` names another Debian release than the machine's. */
export async function unpack(name, packages, { suite } = {}) {
  const folder = cache(name);
  if (existsSync(folder)) return folder;
  if (!findProgram('apt-get') || !findProgram('dpkg'))
    throw new Trouble(
      `The tests need ${packages.join(', ')}; install ${packages.length > 1 ? 'them' : 'it'} and try again.`,
    );
  const work = `${folder}.partial`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(path.join(work, 'debs'), { recursive: true });
  const options = [
    '-q',
    '-o',
    'APT::Sandbox::User=root',
    ...(suite ? await otherSuite(work, suite) : await ownLists()),
  ];
  await run('apt-get', [...options, 'download', ...packages], { cwd: path.join(work, 'debs') });
  for (const file of readdirSync(path.join(work, 'debs')))
    await run('dpkg', ['-x', path.join(work, 'debs', file), path.join(work, 'root')]);
  renameSync(path.join(work, 'root'), folder);
  rmSync(work, { recursive: true, force: true });
  return folder;
}

async function ownLists() {
  if (apt.isRoot() && !apt.hasLists()) await apt.update();
  return [];
}

/** Lists of another release, kept apart from the machine's own. */
async function otherSuite(work, suite) {
  if (!existsSync(KEYRING)) throw new Trouble('Only Debian can lend packages of another Debian release.');
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(path.join(work, part), { recursive: true });
  const sources = path.join(work, 'sources.list');
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror()} ${suite} main\n`);
  const options = {
    'Dir::Etc::SourceList': sources,
    'Dir::Etc::SourceParts': '/nonexistent',
    'Dir::State::Lists': path.join(work, 'lists'),
    'Dir::Cache': path.join(work, 'cache'),
    'Dir::State::status': '/dev/null',
    // A mirror that lags behind is still signed; its date alone shall not fail the tests.
    'Acquire::Check-Valid-Until': 'false',
  };
  const flags = Object.entries(options).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', ...flags, 'update']);
  return flags;
}

/** The Debian mirror this machine already uses. */
export function mirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
  const text = ['/etc/apt/sources.list', ...files]
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const found = /(?:^URIs:\s*|^deb\s+(?:\[[^\]]*\]\s*)?)(https?:\/\/\S*debian\S*)/m.exec(text)?.[1];
  if (!found) throw new Trouble('No Debian mirror is named in /etc/apt.');
  return found.replace(/\/+$/, '').replace(/-security$/, '');
}

export const isStatic = (program) => spawnSync('ldd', [program]).status !== 0;
