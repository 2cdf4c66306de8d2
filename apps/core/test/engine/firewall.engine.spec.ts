import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type Docker from 'dockerode';
import { readConfig } from '../../src/config.js';
import { DockerEngine } from '../../src/foundation/environments/docker.engine.js';
import type { ContainerSpec } from '../../src/foundation/environments/engine.js';
import { toEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { freePiece } from '../../src/foundation/environments/network-plan.rules.js';
import { aNetwork, aSpec } from '../factories/spec.js';
import { PrivateEngine } from './private-engine.js';

const TIME_MS = 120_000;
const COMMAND = path.resolve(import.meta.dirname, '../../../../install/firewall.mjs');
const { BAILIWICK_NETWORK_POOL: POOL } = readConfig({ BAILIWICK_ENV: 'test' });
const SERVES = ['httpd', '-f', '-p', '8080', '-h', '/etc'];
const PANEL = 8000;
const ENGINE = 2375;
const PUBLISHED = 18_080;
/** Where clouds hand out their keys, and a machine somewhere else. */
const KEYS = '169.254.169.254';
const ELSEWHERE = '198.51.100.2';

let engine: PrivateEngine;
let ours: DockerEngine;
let one: string;
let two: string;
let other: string;
let outside: Docker.Container;
/** Of the network of `one`, as its host is called in it. */
let gateway: string;

const firewall = (...words: string[]) => engine.enter(process.execPath, [COMMAND, ...words]);
const chains = () => engine.enter('iptables', ['-S']).output;
const addressOf = async (engineId: string) => (await ours.inspect(engineId)).networkAddresses[0]?.ip ?? '';
const connect = (ip: string, port: number) => ['nc', '-w', '1', ip, String(port)];
/** Who is refused is told at once; who is not answered waits in vain. */
const reached = async (ip: string, port: number): Promise<'yes' | 'refused' | 'silence'> => {
  const { exitCode, stderr } = await ours.run(one, connect(ip, port), { timeoutMs: 5000, maxBytes: 1000 });
  if (exitCode === 0) return 'yes';
  return stderr.includes('refused') ? 'refused' : 'silence';
};
const all = async () => ({
  panel: await reached(gateway, PANEL),
  engine: await reached(gateway, ENGINE),
  otherGateway: await reached((await addressOf(other)).replace(/\d+$/, '1'), PANEL),
  published: await reached(gateway, PUBLISHED),
  keys: await reached(KEYS, 80),
  neighbour: await reached(await addressOf(two), 8080),
  otherTenant: await reached(await addressOf(other), 8080),
  elsewhere: await reached(ELSEWHERE, 80),
});
const OPEN = { panel: 'yes', engine: 'yes', otherGateway: 'yes', published: 'yes', keys: 'yes', neighbour: 'yes', otherTenant: 'silence', elsewhere: 'yes' }; // prettier-ignore
const CLOSED = { ...OPEN, panel: 'refused', engine: 'refused', otherGateway: 'refused', published: 'refused', keys: 'refused' }; // prettier-ignore

const started = async (name: string, network: string, more: Partial<ContainerSpec> = {}) => {
  const place = (taken: readonly string[]) => freePiece(POOL, 24, taken) ?? '';
  await ours.ensureNetwork(aNetwork(network, { place }));
  const engineId = await ours.create(aSpec({ name, network, command: SERVES, ...more }));
  await ours.start(engineId);
  return engineId;
};
const machine = async (NetworkMode: string) => {
  const container = await engine.docker.createContainer({
    Image: 'busybox:local',
    Cmd: ['sleep', '1000'],
    HostConfig: { NetworkMode, PidMode: 'host', CapAdd: ['NET_ADMIN'] },
  });
  await container.start();
  return container;
};
const run = async (container: Docker.Container, line: string) => {
  const exec = await container.exec({ Cmd: ['sh', '-ec', line], AttachStdout: true, AttachStderr: true, Tty: true });
  const said: Buffer[] = [];
  for await (const chunk of await exec.start({ Tty: true })) said.push(Buffer.from(chunk as Uint8Array));
  const { ExitCode } = await exec.inspect();
  return { code: ExitCode, said: Buffer.concat(said).toString() };
};
const must = async (container: Docker.Container, line: string) => {
  const { code, said } = await run(container, line);
  if (code !== 0) throw new Error(`${line}: ${said}`);
};

beforeAll(async () => {
  engine = await PrivateEngine.bring();
  ours = new DockerEngine(() => toEngineAddress(engine.socket));
  const ports = [{ ip: '0.0.0.0', hostPort: PUBLISHED, containerPort: 8080, protocol: 'tcp' as const }];
  one = await started('one', 'bw_one');
  two = await started('two', 'bw_one', { ports });
  other = await started('other', 'bw_other');
  gateway = (await addressOf(one)).replace(/\d+$/, '1');

  const host = await machine('host');
  outside = await machine('none');
  const { State } = await outside.inspect();
  await must(host, `ip link add m0 type veth; ip link set veth0 netns ${State.Pid}; ip addr add 169.254.169.1/24 dev m0; ip addr add 198.51.100.1/24 dev m0; ip link set m0 up`); // prettier-ignore
  await must(outside, `ip addr add ${KEYS}/24 dev veth0; ip addr add ${ELSEWHERE}/24 dev veth0; ip link set veth0 up; ip route add default via 198.51.100.1; httpd -p 80 -h /etc`); // prettier-ignore
  await must(host, `httpd -p ${PANEL} -h /etc; httpd -p ${ENGINE} -h /etc`);
}, TIME_MS);
afterAll(async () => {
  ours?.close();
  await engine?.dispose();
}, TIME_MS);

describe('the firewall of a host, on a real engine', () => {
  it(
    'keeps containers from their host and from where clouds hand out keys, and from nothing else, until it is removed',
    async () => {
      const before = chains();
      expect(firewall()).toMatchObject({ code: 2, output: expect.stringContaining('Nothing is set.') });
      expect(await all()).toEqual(OPEN);

      const applied = firewall('apply');
      expect(applied).toMatchObject({ code: 0, output: expect.stringContaining('Everything is set.') });
      for (const pool of POOL) expect(applied.output).toContain(`-s ${pool} `);
      expect(await all()).toEqual(CLOSED);
      // What is published is so for everybody else, and names are answered.
      await must(outside, `${connect('198.51.100.1', PUBLISHED).join(' ')} < /dev/null`);
      const asks = await ours.run(one, ['nslookup', 'two', '127.0.0.11'], { timeoutMs: 5000, maxBytes: 1000 });
      expect(asks.exitCode).toBe(0);
      const sixth = await ours.run(one, ['cat', '/proc/sys/net/ipv6/conf/eth0/disable_ipv6'], { timeoutMs: 5000, maxBytes: 10 }); // prettier-ignore
      expect(sixth.stdout.toString().trim()).toBe('1');

      const once = chains();
      firewall('apply');
      expect(chains()).toBe(once);
      expect(firewall('apply', `--open=${PANEL}`)).toMatchObject({ code: 0 });
      expect(await all()).toEqual({ ...CLOSED, panel: 'yes', otherGateway: 'yes' });
      expect(firewall('show')).toMatchObject({ code: 0 });

      expect(firewall('remove')).toMatchObject({ code: 0 });
      expect(chains()).toBe(before);
      expect(await all()).toEqual(OPEN);
      expect(firewall('remove')).toMatchObject({ code: 0, output: expect.stringContaining('Nothing was set.') });
      expect(firewall('flush')).toMatchObject({ code: 1, output: expect.stringContaining('show, apply or remove') });
    },
    TIME_MS,
  );
});
