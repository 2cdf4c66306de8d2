import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CurrentMetrics, HostHistory } from '@bailiwick/contract';
import { UsageSamplerService } from '../../src/features/metrics/usage-sampler.service.js';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { signIn, type SignedInPerson } from '../sign-in.js';
import { until } from '../until.js';

const ENGINE = process.env['BAILIWICK_TEST_DOCKER'] ?? '/var/run/docker.sock';
const MINUTE = 60_000;
const MIB = 1024 ** 2;
const CHUNKS = 100;
/** Of some twenty seconds: a second more or less at an end is not much of it. */
const EVERY_MS = 200;
const PORT = 4000;
const SERVER = `
require('node:net').createServer((socket) => {
  let left = ${CHUNKS};
  const send = () => (left-- > 0 ? socket.write(Buffer.alloc(${MIB}), () => setTimeout(send, ${EVERY_MS})) : socket.end());
  send();
}).listen(${PORT}, '198.18.7.2', () => console.log('ready'));
`;

const suffix = newId('ct').slice(-6);
/** The card of this host, and of the machine behind it, which is a network namespace. */
const [card, other] = [`bwcard${suffix}`, `bwfar${suffix}`];
let machine: ChildProcess;
let server: ChildProcess;
let core: TestApp;
let owner: SignedInPerson;

const namespaceOf = (pid: number | undefined) => readlinkSync(`/proc/${pid}/ns/net`);
const inMachine = (...words: string[]) => [`--net=/proc/${machine.pid}/ns/net`, '--', ...words];

beforeAll(async () => {
  machine = spawn('unshare', ['--net', '--', 'sleep', 'infinity'], { stdio: 'ignore' });
  await until(() => namespaceOf(machine.pid) !== namespaceOf(process.pid), { what: 'A network namespace' });
  const ip = (...words: string[]) => execFileSync('ip', words);
  ip('link', 'add', card, 'type', 'veth', 'peer', 'name', other, 'netns', String(machine.pid));
  ip('addr', 'add', '198.18.7.1/30', 'dev', card);
  ip('link', 'set', card, 'up');
  execFileSync('nsenter', inMachine('ip', 'addr', 'add', '198.18.7.2/30', 'dev', other));
  execFileSync('nsenter', inMachine('ip', 'link', 'set', other, 'up'));
  server = spawn('nsenter', inMachine(process.execPath, '-e', SERVER), { stdio: ['ignore', 'pipe', 'inherit'] });
  if (server.stdout) await once(server.stdout, 'data');
  core = await startApp({ env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DOCKER_HOST: ENGINE } });
  owner = await signIn(core);
  await core.app.get(MirrorsService).ready();
}, MINUTE);
afterAll(async () => {
  await core.close();
  server.kill('SIGKILL');
  // The card goes with the other end of its line.
  machine.kill('SIGKILL');
}, MINUTE);

/** What other cards of this host got, those of containers as well. */
function gotElsewhere(): number {
  const lines = readFileSync('/proc/1/net/dev', 'utf8').split('\n').slice(2);
  const counted = lines.map((line) => line.trim().split(/[\s:]+/)).filter(([name]) => name !== card && name !== 'lo');
  return counted.reduce((all, [, received]) => all + Number(received ?? 0), 0);
}

async function download(): Promise<number> {
  let bytes = 0;
  const socket = connect(PORT, '198.18.7.2');
  socket.on('data', (chunk) => (bytes += chunk.length));
  await once(socket, 'close');
  return bytes;
}

it(
  'shows a download of 100 MiB as a curve whose area is about that',
  async () => {
    const client = await LiveClient.connect(core, owner);
    try {
      await client.join('hostUsage');
      await until(() => client.changes.length > 1, { what: 'the host is measured each second' });
      const asking = new Asking(core, owner);
      const host = CurrentMetrics.parse((await asking.get('metrics/current').expect(200)).body).items[0];
      const [beganMs, elsewhere] = [Date.now(), gotElsewhere()];
      expect(await download()).toBe(CHUNKS * MIB);
      const measured = client.changes.length;
      await until(() => client.changes.length > measured + 2, { what: 'it is measured to its end' });
      await core.app.get(UsageSamplerService).sample(true);
      const { body } = await asking.get(`environments/${host?.id}/metrics?range=5m`).expect(200);
      const { from, stepMs, series } = HostHistory.parse(body);
      const area = series.receivedBytesPerSecond.avg
        .filter((_, step) => Date.parse(from) + (step + 1) * stepMs > beganMs)
        .reduce<number>((bytes, rate) => bytes + ((rate ?? 0) * stepMs) / 1000, 0);
      expect(area).toBeGreaterThan(CHUNKS * MIB * 0.9);
      expect(area).toBeLessThan(CHUNKS * MIB * 1.1 + gotElsewhere() - elsewhere);
    } finally {
      client.socket.close();
    }
  },
  MINUTE,
);
