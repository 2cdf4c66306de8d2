import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import * as apt from './apt.mjs';
import { findProgram } from './commands.mjs';
import { storageDir } from './paths.mjs';
import { say, step, Trouble, yellow } from './terminal.mjs';

const PING_MS = 3000;
const START_MS = 60_000;
const DEFAULT_SOCKET = '/var/run/docker.sock';

/** Where an engine may listen, in the order in which they are asked. */
function places() {
  const runtime = process.env.XDG_RUNTIME_DIR ?? `/run/user/${process.getuid?.() ?? 0}`;
  const named = [process.env.BAILIWICK_DOCKER_HOST, process.env.DOCKER_HOST].filter(Boolean);
  if (named.length > 0) return named.slice(0, 1);
  return [
    DEFAULT_SOCKET,
    path.join(runtime, 'docker.sock'),
    path.join(homedir(), '.docker/run/docker.sock'),
    path.join(runtime, 'podman/podman.sock'),
    '/run/podman/podman.sock',
  ].map((socket) => `unix://${socket}`);
}

/** @returns {Promise<{host: string, version: string, named: boolean} | {denied: string} | {silent: string} | undefined>} */
export async function findEngine() {
  const named = Boolean(process.env.BAILIWICK_DOCKER_HOST ?? process.env.DOCKER_HOST);
  let trouble;
  for (const host of places()) {
    const answer = await ask(host);
    if (answer.version) return { host, version: answer.version, named };
    if (answer.error === 'EACCES' || answer.error === 'EPERM') trouble ??= { denied: host };
    else if (answer.error !== 'ENOENT' || named) trouble ??= { silent: host };
  }
  return trouble;
}

async function ask(host) {
  try {
    const { Version } = JSON.parse(await request(host, 'GET', '/version'));
    return { version: String(Version) };
  } catch (error) {
    if (host.startsWith('tcp://') && error.code !== 'ECONNREFUSED') return { version: await reachable(host) };
    return { error: error.code ?? error.message };
  }
}

/** A TLS engine shows no version without its certificate; that it listens is enough here. */
function reachable(host) {
  const { hostname, port } = new URL(host);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port || 2376), timeout: PING_MS });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .on('connect', () => end('over TLS'))
      .on('error', () => end(undefined))
      .on('timeout', () => end(undefined));
  });
}

/** One plain call of the engine's own API; the answer as text, anything but 2xx as an error. */
export function request(host, method, url, { body, headers, timeoutMs = PING_MS } = {}) {
  const target = host.startsWith('unix://')
    ? { socketPath: host.slice('unix://'.length) }
    : { host: new URL(host).hostname, port: new URL(host).port || 2375 };
  return new Promise((resolve, reject) => {
    const call = http.request({ ...target, method, path: url, headers, timeout: timeoutMs }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part));
      answer.on('end', () =>
        answer.statusCode < 300 ? resolve(text) : reject(new Error(`${method} ${url}: ${answer.statusCode} ${text}`)),
      );
      answer.on('error', reject);
    });
    call.on('timeout', () => call.destroy(new Error('timeout'))).on('error', reject);
    call.end(body);
  });
}

export function deniedTrouble(host) {
  const socket = host.replace('unix://', '');
  return new Trouble(
    `You may not use the engine's socket ${socket}; join its group with: sudo usermod -aG ${groupOf(socket)} ${userInfo().username}, sign in again, then run npm start.`,
  );
}

function groupOf(socket) {
  if (!existsSync(socket)) return 'docker';
  const { gid } = statSync(socket);
  const line = readFileSync('/etc/group', 'utf8')
    .split('\n')
    .find((entry) => entry.split(':')[2] === String(gid));
  return line?.split(':')[0] ?? 'docker';
}

/** Puts an engine on this machine: installs Docker where there is none, and starts it. Gives what must be stopped later, if anything. */
export async function provideEngine() {
  if (!findProgram('dockerd')) {
    say(
      `${yellow('•')} No container engine here: installing docker.io with apt and starting it (--no-engine-install to refuse)`,
    );
    await step('docker.io installed', () => apt.install('docker.io', 'ca-certificates'));
  } else say(`${yellow('•')} The container engine is installed but not running: starting it`);
  return startEngine();
}

async function startEngine() {
  if (apt.systemdRuns()) {
    await step('engine started', () => apt.startUnit('docker').then(() => waitForEngine()));
    return undefined;
  }
  const log = path.join(storageDir(), 'engine/dockerd.log');
  mkdirSync(path.dirname(log), { recursive: true });
  const out = openSync(log, 'w');
  const engine = spawn(findProgram('dockerd'), [], { detached: true, stdio: ['ignore', out, out] });
  engine.unref();
  let over = false;
  engine.on('exit', () => (over = true));
  await step('engine started', () => waitForEngine(() => over)).catch(() => {
    throw new Trouble(`The container engine did not start: ${lastWords(log)} The whole story is in ${log}.`);
  });
  return engine;
}

async function waitForEngine(isOver = () => false) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && !isOver()) {
    const { version } = await ask(`unix://${DEFAULT_SOCKET}`);
    if (version) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Trouble('The container engine did not answer within a minute.');
}

function lastWords(log) {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const failure = lines.findLast((line) => /fail|error|fatal/i.test(line)) ?? lines.at(-1) ?? '';
  return failure.replace(/^time="[^"]*" level=\w+ msg=/, '').slice(0, 300);
}
