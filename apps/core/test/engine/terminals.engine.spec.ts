import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ContainerId, TERMINAL_HIGH_BYTES } from '@bailiwick/contract';
import Docker from 'dockerode';
import { buildCore, builtFolder, claim, CoreProcess, type Session } from '../faults/core-process.js';
import { call } from '../factories/deployment.js';
import { TerminalClient } from '../terminal-client.js';
import { until } from '../until.js';

const docker = new Docker();
const NAME = `bw-terminal-${process.pid}`;
const TICKS = 'trap "exit 0" TERM; n=0; while true; do n=$((n+1)); echo "tick $n"; sleep 0.05; done';
const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-terminals-'));
const env = { BAILIWICK_TERMINAL_KEEP_S: '60', BAILIWICK_TERMINAL_RECORDING: 'root' };
const SECRET = 'hunter2-grün';

let core: CoreProcess;
let cookie: string;
let session: Session;
let container: Docker.Container;
let containerId: ContainerId;
const clients: TerminalClient[] = [];

async function connect(): Promise<TerminalClient> {
  const client = await TerminalClient.connect(core, { cookie });
  clients.push(client);
  return client;
}
async function open(more: Parameters<TerminalClient['open']>[0] = {}) {
  const client = await connect();
  await client.open({ containerId, ...more });
  await client.says(/[$#] /);
  return client;
}
const execs = async () => (await container.inspect()).ExecIDs ?? [];
const start = () => CoreProcess.start({ storageDir, env });
const lines = async () =>
  (await container.logs({ stdout: true, follow: false })).toString('utf8').split('tick ').length;

beforeAll(async () => {
  buildCore();
  container = await docker.createContainer({
    name: NAME,
    Image: 'busybox:local',
    Cmd: ['sh', '-c', TICKS],
    Env: [`DB_PASSWORD=${SECRET}`],
    User: '1000:1000',
    WorkingDir: '/tmp',
    Labels: { 'bailiwick.test': '1' },
    HostConfig: { NetworkMode: 'none' },
  });
  await container.start();
  core = await start();
  session = await claim(core.url, storageDir);
  cookie = session.headers['cookie'] ?? '';
  await until(async () => {
    const { body } = await call(core, session, 'GET', `/containers?q=${NAME}`);
    const id = body.items[0]?.id;
    if (id !== undefined) containerId = ContainerId.parse(id);
    return id !== undefined;
  });
}, 120_000);
afterAll(async () => {
  for (const client of clients) client.close();
  await core.kill();
  await container.remove({ force: true, v: true });
  rmSync(storageDir, { recursive: true, force: true });
  rmSync(builtFolder, { recursive: true, force: true });
}, 60_000);

describe('a terminal on a real engine', () => {
  it('is the container’s own user where its program works, and never privileged', async () => {
    const client = await open();
    await client.type('id -u; pwd; tty; grep CapEff /proc/self/status\r');
    await client.says(/\n1000\r\n\/tmp\r\n\/dev\/pts\/\d+\r\nCapEff:\t0+\r/);
    const [id = ''] = await execs();
    const inspected = (await docker.getExec(id).inspect()) as { ProcessConfig: { privileged: boolean; tty: boolean } };
    expect(inspected.ProcessConfig).toMatchObject({ privileged: false, tty: true });
    client.end();
    await client.exit();
    await until(async () => (await execs()).length === 0);
  });

  it('is root where that is asked for, with no more than the container has', async () => {
    const client = await open({ root: true });
    await client.type('id -u; mount -t tmpfs none /mnt; echo "ended with $?"\r');
    await client.says(/\n0\r/);
    await client.says(/\nended with [1-9]/);
    client.end();
    await client.exit();
  });

  it('ends what runs in front of it, also what would not go by itself', async () => {
    const client = await open();
    await client.type(`trap '' HUP; sh -c "trap '' HUP; while true; do sleep 1; done"\r`);
    await client.says('sleep 1');
    client.end();
    await client.exit();
    await until(async () => (await execs()).length === 0, { within: 10_000 });
    expect((await container.inspect()).State.Running).toBe(true);
  });

  it('that nobody reads does not slow the container', async () => {
    const [quiet] = [await ratePerSecond()];
    const client = await open();
    client.stalls = true;
    // What came before was acknowledged: it counts no more.
    const shown = client.received;
    await client.type('yes\r');
    await until(() => client.received - shown >= TERMINAL_HIGH_BYTES, { within: 10_000 });
    const said = client.received;
    const stalled = await ratePerSecond();
    expect(client.received).toBe(said);
    expect(stalled).toBeGreaterThan(quiet * 0.7);
    client.stalls = false;
    client.acknowledge(client.received);
    await until(() => client.received > said + 100_000, { within: 10_000 });
    await client.type('\u0003');
    client.end();
    await client.exit();
  });

  it('left by a killed core is shown to nobody and ended by the next', async () => {
    const client = await open();
    await client.type('echo al"ive"\r');
    await client.says('\nalive');
    expect(await execs()).toHaveLength(1);
    await core.kill();
    expect(await execs()).toHaveLength(1);
    core = await start();
    await until(async () => (await execs()).length === 0, { within: 20_000 });
    const again = await open();
    again.end();
    await again.exit();
  }, 60_000);

  it('that goes on talking past a killed core is ended by the next all the same', async () => {
    const client = await open();
    await client.type('while true; do echo talk; sleep 0.1; done; : 7654\r');
    await client.says('\ntalk');
    const shells = async () => {
      const { Processes = [] } = (await container.top({ ps_args: '-eo pid,args' })) as { Processes?: string[][] };
      return Processes.filter(([, args]) => args === 'ash' || args === 'sh').length;
    };
    expect(await shells()).toBe(1);
    await core.kill();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await shells()).toBe(1);
    core = await start();
    await until(async () => (await shells()) === 0, { within: 20_000, what: 'The end of the shell' });
  }, 60_000);

  it('that is recorded is read after its core was killed, without what is kept in confidence', async () => {
    const client = await open({ root: true });
    await client.type('echo "as $DB_PASSWORD said"; stty size\r');
    await client.says(`\nas ${SECRET} said\r\n24 80\r`);
    const list = async () => (await call(core, session, 'GET', `/containers/${containerId}/recordings`)).body.items;
    const [going] = await list();
    expect(going).toMatchObject({ root: true, endedAt: null });
    await core.kill();
    core = await start();
    await until(async () => (await execs()).length === 0, { within: 20_000 });
    const [ended, ...others] = await list();
    expect(ended).toMatchObject({ id: going.id, endedAt: expect.any(String), bytes: expect.any(Number) });
    // Those before were not all as root.
    expect(others.every(({ root }: { root: boolean }) => root)).toBe(true);
    const answer = await fetch(`${core.url}/api/v1/recordings/${going.id}`, { headers: session.headers });
    const text = await answer.text();
    expect(Buffer.byteLength(text)).toBe(ended.bytes);
    const [header, ...events] = text.trimEnd().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
    expect(header).toMatchObject({ version: 2, width: 80, height: 24 });
    const said = events.map(([, , data]: string[]) => data).join('');
    expect(said).toContain('\nas ••• said\r\n24 80\r');
    expect(text).not.toContain('hunter2');
  }, 60_000);
});

/** How much the container's own program says. */
async function ratePerSecond(): Promise<number> {
  const [before, startedAt] = [await lines(), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return ((await lines()) - before) / ((performance.now() - startedAt) / 1000);
}
