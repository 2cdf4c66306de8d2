import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as apt from './apt.mjs';
import { findProgram } from './commands.mjs';
import { request } from './engine.mjs';
import { makeImage } from './test-image.mjs';
import { unpack } from './unpacked.mjs';

const START_MS = 60_000;
const PACKAGES = ['docker.io', 'containerd'];

/**
 * The current Docker Engine beside the machine's older one: unpacked from Debian's newest release, in network and
 * mount namespaces of its own, with its data in a temporary folder. Nothing where this machine cannot do that.
 */
export async function bringNewerEngine(present) {
  if (Number.parseInt(present, 10) >= 28 || !apt.canInstall() || !findProgram('unshare') || !findProgram('runc'))
    return undefined;
  const files = await unpack('docker-forky', PACKAGES, { suite: 'forky' });
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-engine-'));
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  for (const name of [
    'usr/sbin/dockerd',
    'usr/sbin/docker-proxy',
    'usr/bin/containerd',
    'usr/bin/containerd-shim-runc-v2',
  ])
    if (existsSync(path.join(files, name))) symlinkSync(path.join(files, name), path.join(bin, path.basename(name)));
  const socket = path.join(folder, 'docker.sock');
  const log = path.join(folder, 'log');
  const own = [
    '--data-root',
    `${folder}/data`,
    '--exec-root',
    `${folder}/run`,
    '--pidfile',
    `${folder}/pid`,
    '-H',
    `unix://${socket}`,
  ];
  const apart = ['--cgroup-parent', '/bailiwick-test', '--exec-opt', 'native.cgroupdriver=cgroupfs'];
  const out = openSync(log, 'w');
  const engine = spawn('unshare', ['--net', '--mount', '--propagation', 'slave', '--', 'dockerd', ...own, ...apart], {
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}:/usr/sbin:/sbin` },
    stdio: ['ignore', out, out],
    detached: true,
  });
  const host = `unix://${socket}`;
  const stop = async () => {
    if (engine.exitCode === null) {
      const ended = new Promise((done) => engine.once('exit', done));
      engine.kill('SIGTERM');
      const force = setTimeout(() => process.kill(-engine.pid, 'SIGKILL'), 15_000);
      await ended;
      clearTimeout(force);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const version = await answers(host, engine, log);
    await makeImage(host);
    return { host, version, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(host, engine, log) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && engine.exitCode === null) {
    const text = await request(host, 'GET', '/version').catch(() => undefined);
    if (text) return String(JSON.parse(text).Version);
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`The newer engine did not start:\n${readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')}`);
}
