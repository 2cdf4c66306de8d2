import { spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as apt from './apt.mjs';
import { attempt, findProgram, run } from './commands.mjs';
import { anyFreePort } from './ports.mjs';
import { step } from './terminal.mjs';

const VERSIONS = '/usr/lib/postgresql';
const START_MS = 30_000;

const NEEDED = ['initdb', 'postgres', 'pg_isready'];
const isComplete = (folder) => NEEDED.every((name) => existsSync(path.join(folder, name)));

/** The folder of the newest server programs: Debian keeps them off the search path. */
function programs() {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
  const onPath = findProgram('initdb');
  const folders = versions.map((version) => path.join(VERSIONS, version, 'bin'));
  return [...folders, ...(onPath ? [path.dirname(onPath)] : [])].find(isComplete);
}

/** A PostgreSQL of our own in a temporary folder, never the machine's; nothing where there is none to be had. */
export async function bringPostgres() {
  if (!programs() && apt.canInstall()) await step('PostgreSQL installed', installPrograms);
  const bin = programs();
  if (!bin) return undefined;
  return step('PostgreSQL started', () => startCluster(bin));
}

/** Debian makes and starts a cluster on installation unless told not to. */
async function installPrograms() {
  const settings = '/etc/postgresql-common/createcluster.conf';
  if (!existsSync(settings)) {
    mkdirSync(path.dirname(settings), { recursive: true });
    writeFileSync(settings, 'create_main_cluster = false\n');
  }
  await apt.install('postgresql');
}

async function startCluster(bin) {
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-postgres-'));
  const owner = unprivileged();
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const cluster = path.join(folder, 'cluster');
  const port = await anyFreePort();
  const options = { ...owner, cwd: folder, env: { LC_ALL: 'C.UTF-8', HOME: folder } };
  await run(
    path.join(bin, 'initdb'),
    ['-D', cluster, '-U', 'bailiwick', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  );
  // Nothing in it has to survive the machine.
  const unsafe = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  const quick = [...unsafe, 'max_connections=200', 'listen_addresses=127.0.0.1'].flatMap((setting) => ['-c', setting]);
  const server = spawn(path.join(bin, 'postgres'), ['-D', cluster, '-p', String(port), '-k', folder, ...quick], {
    ...owner,
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, ...options.env },
  });
  const stop = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGQUIT');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  await answers(bin, folder, port).catch(async (error) => {
    await stop();
    throw error;
  });
  return { url: `postgres://bailiwick@127.0.0.1:${port}/postgres`, stop };
}

async function answers(bin, folder, port) {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    const { code } = await attempt(path.join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], {
      cwd: folder,
    });
    if (code === 0) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('PostgreSQL did not answer');
}

/** PostgreSQL refuses to run as root. */
function unprivileged() {
  if (!apt.isRoot()) return {};
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const line = users.find((user) => user.startsWith('postgres:')) ?? users.find((user) => user.startsWith('nobody:'));
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}
