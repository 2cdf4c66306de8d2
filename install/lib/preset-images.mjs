import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as apt from './apt.mjs';
import { findProgram, run } from './commands.mjs';
import { request } from './engine.mjs';
import { at } from './paths.mjs';
import { step, Trouble } from './terminal.mjs';
import { KEYRING, mirror, unpack } from './unpacked.mjs';

const RELEASE = 'trixie';
const BARE = 'preset-images/debian-bare';
const BUILD_MS = 10 * 60_000;
const MARK = 'bailiwick.test';

/** In the order in which one stands on the other, with the names presets ask for them by. */
const IMAGES = {
  debian: [],
  node: ['node:20', 'node:20-alpine'],
  python: ['python:3.12-slim'],
  caddy: ['caddy:2-alpine'],
  httpd: ['httpd:2.4-alpine'],
  nginx: ['nginx:stable'],
  mariadb: ['mariadb:10.11'],
  mysql: ['mysql:8'],
  postgres: ['postgres:16'],
  redis: ['redis:7-alpine'],
  jupyter: ['jupyter/scipy-notebook:2023-10-20'],
  'code-server': ['codercom/code-server:4.96.4'],
  jellyfin: ['jellyfin/jellyfin:10.10.3'],
  minecraft: ['itzg/minecraft-server:java21'],
  mongo: ['mongo:7'],
  steamcmd: ['cm2network/steamcmd:root'],
  whoami: ['traefik/whoami:v1.10'],
};

/**
 * What stands in for the images that presets name, where no registry is asked: programs of Debian, and where it has none
 * small ones that speak the same protocol. An image that is there already is used as it is. `stop` removes what was made.
 */
export async function bringPresetImages(host) {
  const made = [];
  const stop = async () => {
    for (const tag of made.splice(0).reverse())
      await request(host, 'DELETE', `/images/${tag}?force=1`, { timeoutMs: BUILD_MS });
  };
  try {
    await importBare(host);
    made.push(BARE);
    for (const [name, wanted] of Object.entries(IMAGES)) {
      const tags = [`preset-images/${name}`];
      for (const tag of wanted) if (!(await isSomebodys(host, tag))) tags.push(tag);
      await step(`image ${wanted[0] ?? name} made`, () => build(host, name, tags));
      made.push(...tags);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

const isSomebodys = (host, tag) =>
  request(host, 'GET', `/images/${encodeURIComponent(tag)}/json`).then(
    (found) => JSON.parse(found).Config.Labels?.[MARK] === undefined,
    () => false,
  );

async function importBare(host) {
  const archive = await step(`Debian ${RELEASE} made`, bareDebian);
  const query = `fromSrc=-&repo=${BARE}&changes=${encodeURIComponent(`LABEL ${MARK}=1`)}`;
  await create(host, `/images/create?${query}`, archive);
}

/** Its smallest installation as an archive, made once. */
async function bareDebian() {
  const archive = at('node_modules/.cache/bailiwick', `debian-${RELEASE}.tar`);
  if (existsSync(archive)) return archive;
  if (!apt.isRoot() || !existsSync(KEYRING) || !findProgram('chroot'))
    throw new Trouble('The images of the presets are made with debootstrap, which takes root on a Debian.');
  const tools = await unpack('debootstrap', ['debootstrap']);
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-debian-'));
  try {
    const words = ['--variant=minbase', `--keyring=${KEYRING}`, RELEASE, folder, mirror()];
    const env = { DEBOOTSTRAP_DIR: path.join(tools, 'usr/share/debootstrap') };
    await run(path.join(tools, 'usr/sbin/debootstrap'), words, { env });
    const kept = ['--exclude=./var/cache/apt/archives/*.deb', '--exclude=./var/lib/apt/lists/*', '--exclude=./dev/*'];
    mkdirSync(path.dirname(archive), { recursive: true });
    await run('tar', ['-C', folder, ...kept, '-cf', `${archive}.partial`, '.']);
    renameSync(`${archive}.partial`, archive);
    return archive;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function build(host, name, tags) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-image-'));
  try {
    cpSync(at('install/preset-images', name), folder, { recursive: true });
    if (name === 'node') copyNode(folder);
    const archive = path.join(folder, 'context.tar');
    await run('tar', ['-C', folder, '--exclude=./context.tar', '-cf', archive, '.']);
    const labels = encodeURIComponent(JSON.stringify({ [MARK]: '1' }));
    const names = tags.map((tag) => `&t=${encodeURIComponent(tag)}`).join('');
    // The network of this machine, as that is what its mirror was reached by.
    await create(host, `/build?networkmode=host&rm=1&forcerm=1&labels=${labels}${names}`, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The Node that runs this, and the npm beside it. */
function copyNode(folder) {
  const npm = findProgram('npm');
  if (!npm) throw new Trouble('There is no npm beside this Node.');
  mkdirSync(path.join(folder, 'bin'));
  copyFileSync(process.execPath, path.join(folder, 'bin/node'));
  cpSync(path.resolve(realpathSync(npm), '../..'), path.join(folder, 'npm'), { recursive: true });
}

/** Sends an archive to what makes an image of it. */
async function create(host, url, archive) {
  const headers = { 'Content-Type': 'application/x-tar' };
  const answer = await request(host, 'POST', url, { body: readFileSync(archive), headers, timeoutMs: BUILD_MS });
  if (/"error"/.test(answer)) throw new Error(wordsOf(answer));
}

/** What the build printed, and why it ended. */
const wordsOf = (answer) =>
  answer
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
    .map(({ stream, error }) => stream ?? error ?? '')
    .join('')
    .slice(-4000);
