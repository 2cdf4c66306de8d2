import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as apt from './apt.mjs';
import { findProgram, run } from './commands.mjs';
import { deniedTrouble, findEngine, provideEngine, request } from './engine.mjs';
import { step, Trouble } from './terminal.mjs';

const LABEL = 'bailiwick.test=1';
const IMAGE = 'busybox:local';

/** An engine to test with: the one that runs here, or one we bring up and `stop` again. */
export async function bringEngine() {
  const found = await findEngine();
  if (found?.version) return prepared(found.host, async () => undefined);
  if (found?.denied) throw deniedTrouble(found.denied);
  if (!(findProgram('dockerd') ? apt.isRoot() : apt.canInstall()))
    throw new Trouble(
      'No container engine answers and none can be installed here; start one, or set BAILIWICK_TEST_ENGINE=skip.',
    );
  const started = await provideEngine();
  const host = (await findEngine())?.host;
  if (!host) throw new Trouble('The container engine was started and does not answer.');
  return prepared(host, () => stopEngine(started));
}

async function prepared(host, stop) {
  if (!(await hasImage(host))) await step(`image ${IMAGE} made`, () => makeImage(host));
  return { host, stop };
}

const hasImage = (host) =>
  request(host, 'GET', `/images/${encodeURIComponent(IMAGE)}/json`).then(
    () => true,
    () => false,
  );

/** An engine that ran before we came stays; the one we started ends. */
function stopEngine(engine) {
  if (!engine || engine.exitCode !== null) return undefined;
  return new Promise((done) => {
    const force = setTimeout(() => engine.kill('SIGKILL'), 15_000);
    engine.once('exit', () => {
      clearTimeout(force);
      done();
    });
    engine.kill('SIGTERM');
  });
}

/** A static busybox with a link for every applet, imported as an image: no registry is needed. */
async function makeImage(host) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-busybox-'));
  try {
    const rootfs = path.join(folder, 'root');
    for (const name of ['bin', 'etc', 'tmp', 'root', 'proc', 'sys', 'dev', 'var', 'usr'])
      mkdirSync(path.join(rootfs, name), { recursive: true });
    const busybox = await staticBusybox(folder);
    copyFileSync(busybox, path.join(rootfs, 'bin/busybox'));
    const applets = (await run(busybox, ['--list'])).trim().split('\n');
    for (const applet of applets.filter((name) => name !== 'busybox'))
      symlinkSync('busybox', path.join(rootfs, 'bin', applet));
    const { stdout, status, stderr } = spawnSync('tar', ['-C', rootfs, '-c', '.'], { maxBuffer: 64 * 1024 * 1024 });
    if (status !== 0) throw new Error(`tar: ${stderr}`);
    const [repo, tag] = IMAGE.split(':');
    const changes = ['CMD ["sh"]', 'ENV PATH=/bin:/sbin:/usr/bin:/usr/sbin'].map(
      (line) => `&changes=${encodeURIComponent(line)}`,
    );
    const answer = await request(host, 'POST', `/images/create?fromSrc=-&repo=${repo}&tag=${tag}${changes.join('')}`, {
      body: stdout,
      headers: { 'Content-Type': 'application/x-tar' },
      timeoutMs: 60_000,
    });
    if (/"error"/.test(answer)) throw new Error(answer);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The machine's own where it is static, else one unpacked from Debian's package; nothing is installed. */
async function staticBusybox(folder) {
  const own = findProgram('busybox');
  if (own && spawnSync('ldd', [own]).status !== 0) return own;
  if (!findProgram('apt-get'))
    throw new Trouble('The test image is made of a static busybox; install busybox-static and try again.');
  await run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', 'busybox-static'], { cwd: folder });
  const [file] = readdirSync(folder).filter((name) => name.endsWith('.deb'));
  await run('dpkg', ['-x', file, 'unpacked'], { cwd: folder });
  return ['bin/busybox', 'usr/bin/busybox']
    .map((name) => path.join(folder, 'unpacked', name))
    .find((name) => existsSync(name));
}

const filters = `filters=${encodeURIComponent(JSON.stringify({ label: [LABEL] }))}`;

/** Removes what tests left behind, by their label; gives how many things there were. */
export async function removeLabelled(host) {
  const list = async (url) => JSON.parse(await request(host, 'GET', url, { timeoutMs: 30_000 }));
  const remove = (url) => request(host, 'DELETE', url, { timeoutMs: 30_000 });
  const containers = await list(`/containers/json?all=1&${filters}`);
  for (const { Id } of containers) await remove(`/containers/${Id}?force=1&v=1`);
  const networks = await list(`/networks?${filters}`);
  for (const { Id } of networks) await remove(`/networks/${Id}`);
  const { Volumes } = await list(`/volumes?${filters}`);
  for (const { Name } of Volumes ?? []) await remove(`/volumes/${encodeURIComponent(Name)}?force=1`);
  return containers.length + networks.length + (Volumes?.length ?? 0);
}
