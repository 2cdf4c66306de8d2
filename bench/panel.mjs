// Core and GUI as they are shipped, on ports and a storage folder of their own.
import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { once, until } from './measure.mjs';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEAN = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '65536',
  MALLOC_MMAP_THRESHOLD_: '131072',
  NODE_ENV: 'production',
};
const CORE_FLAGS = ['--max-semi-space-size=1'];
const GUI_FLAGS = ['--single-threaded-gc', '--max-semi-space-size=1', '--max-old-space-size=128'];

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = async (url) => {
  try {
    return (await once(new URL(url))).status === 200;
  } catch {
    return false; // not up yet: the caller asks again
  }
};

/** Starts a service and resolves with its pid and the ms from exec to the first 200. */
async function start(folder, flags, file, environment, healthUrl) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [...flags, file], {
    cwd: path.join(ROOT, folder),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...LEAN, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const up = async () => {
    if (ended()) throw new Error(`${file} of ${folder} ended before it answered`);
    return answers(healthUrl);
  };
  await until(up, 30_000, healthUrl).catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  return { child, pid: child.pid, startMs: Date.now() - startedAt };
}

export async function startPanel({ presets = [], environment: extra = {} } = {}) {
  const storage = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
  const presetsDir = path.join(storage, 'presets');
  mkdirSync(presetsDir);
  for (const preset of presets) writeFileSync(path.join(presetsDir, `${preset.name}.json`), JSON.stringify(preset));
  const [corePort, guiPort] = [await freePort(), await freePort()];
  const coreUrl = `http://127.0.0.1:${corePort}`;
  const guiUrl = `http://127.0.0.1:${guiPort}`;
  const environment = {
    BAILIWICK_STORAGE_DIR: storage,
    BAILIWICK_PRESETS_DIR: presetsDir,
    BAILIWICK_CORE_PORT: String(corePort),
    BAILIWICK_GUI_PORT: String(guiPort),
    BAILIWICK_CORE_URL: coreUrl,
    BAILIWICK_PUBLIC_URL: guiUrl,
    BAILIWICK_LOG_LEVEL: 'warn',
    BAILIWICK_SIGN_IN_TRIES: '1000',
    BAILIWICK_SOCKETS_PER_PERSON: '12000',
    BAILIWICK_SOCKETS_PER_ADDRESS: '12000',
    ...(process.env.BAILIWICK_DOCKER_HOST ? { BAILIWICK_DOCKER_HOST: process.env.BAILIWICK_DOCKER_HOST } : {}),
    ...extra,
  };
  const core = await start('apps/core', CORE_FLAGS, 'dist/main.cjs', environment, `${coreUrl}/healthz`);
  const gui = await start('apps/gui', GUI_FLAGS, 'dist/server.mjs', environment, `${guiUrl}/gui/healthz`);
  const stop = async () => {
    for (const { child } of [gui, core]) {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    }
    rmSync(storage, { recursive: true, force: true });
  };
  try {
    return { core, gui, coreUrl, guiUrl, storage, stop, ...(await claim(coreUrl, guiUrl, storage)) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function claim(coreUrl, guiUrl, storage) {
  const token = readFileSync(path.join(storage, 'keys', 'setup-token'), 'utf8').trim();
  const body = JSON.stringify({
    token,
    username: 'bench',
    displayName: 'Bench',
    password: 'correct horse battery staple',
  });
  const { hostname, port } = new URL(coreUrl);
  const answer = await once(
    {
      hostname,
      port,
      method: 'POST',
      path: '/api/v1/setup',
      keepBody: true,
      headers: { 'content-type': 'application/json', origin: guiUrl },
    },
    body,
  );
  if (answer.status >= 400) throw new Error(`setup: ${answer.status} ${answer.text}`);
  const cookie = answer.headers['set-cookie'][0].split(';')[0];
  const me = await once({ hostname, port, path: '/api/v1/me', keepBody: true, headers: { cookie } });
  const { csrf } = JSON.parse(me.text);
  const agent = new http.Agent({ keepAlive: true });
  const request = (method, route, json) => {
    const sent = json === undefined ? undefined : JSON.stringify(json);
    // Named, as Node sends the body of a DELETE without a word about its length.
    const about =
      sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(sent) };
    const headers = { cookie, origin: guiUrl, 'x-csrf': csrf, ...about };
    return once({ hostname, port, agent, method, path: `/api/v1${route}`, keepBody: true, headers }, sent);
  };
  return { cookie, csrf, request, target: { hostname, port } };
}
