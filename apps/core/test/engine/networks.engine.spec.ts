import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Docker from 'dockerode';
import { DockerEngine } from '../../src/foundation/environments/docker.engine.js';
import { toEngineAddress } from '../../src/foundation/environments/engine-address.js';
import { EnvironmentsService } from '../../src/foundation/environments/environments.service.js';
import { networkName } from '../../src/foundation/environments/network-plan.rules.js';
import { TenantNetworksService } from '../../src/foundation/environments/tenant-networks.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { aNetwork } from '../factories/spec.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { PrivateEngine } from './private-engine.js';

const docker = new Docker();
const NAME = `bw-net-${process.pid}`;
const TIME_MS = 120_000;
const TENANTS = 60;
const SERVES = ['sh', '-c', 'mkdir -p /tmp/www; hostname > /tmp/www/index.html; exec httpd -f -p 8080 -h /tmp/www'];

let app: TestApp;

const startPanel = (env: Record<string, string> = {}) =>
  startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '300',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '200',
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: { config: { command: SERVES } } }),
      ...env,
    },
  });
const deploy = async (person: SignedInPerson, name: string, panel = app) => {
  const { status, body } = await call(panel, person, 'POST', '/deployments', { body: { preset: 'web', name } });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(panel, person, body.operation.id, { within: 60_000 });
};
const remove = async (person: SignedInPerson, { target }: Awaited<ReturnType<typeof deploy>>, panel = app) => {
  const { body } = await call(panel, person, 'DELETE', `/containers/${target.containerId}`, { body: { force: true } });
  expect(await finished(panel, person, body.operation.id)).toMatchObject({ state: 'done' });
};
const addressIn = async (name: string) => {
  const { NetworkSettings } = await docker.getContainer(name).inspect();
  const [[network = '', { IPAddress = '' } = {}] = []] = Object.entries(NetworkSettings.Networks);
  return { network, ip: IPAddress };
};
const subnetOf = async (network: string) => {
  const { IPAM } = await docker.getNetwork(network).inspect();
  return IPAM?.Config?.[0]?.Subnet;
};
/** What a program in it says, and how it ended. */
const run = async (name: string, ...Cmd: string[]) => {
  const exec = await docker.getContainer(name).exec({ Cmd, AttachStdout: true, AttachStderr: true, Tty: true });
  const chunks: Buffer[] = [];
  for await (const chunk of await exec.start({ Tty: true })) chunks.push(Buffer.from(chunk as Uint8Array));
  return { code: (await exec.inspect()).ExitCode, text: Buffer.concat(chunks).toString().trim() };
};
/** The static busybox of the tests cannot connect to a name: it looks it up first. */
const reaches = async (from: string, ip: string) => (await run(from, 'sh', '-c', `nc -w 2 ${ip} 8080 < /dev/null`)).code === 0; // prettier-ignore
const knows = async (from: string, name: string) => (await run(from, 'nslookup', name, '127.0.0.11')).code === 0;

beforeAll(async () => {
  app = await startPanel();
}, TIME_MS);
afterEach(() => checkInvariants(app));
afterAll(() => app?.close(), TIME_MS);

describe('the networks of tenants on a real engine', () => {
  let acme: SignedInPerson;
  let beta: SignedInPerson;

  beforeAll(async () => {
    const owner = await signIn(app);
    for (const slug of ['acme', 'beta']) await call(app, owner, 'POST', '/tenants', { body: { slug, name: slug } });
    acme = await signIn(app, { platformRole: 'member', tenant: 'acme' });
    beta = await signIn(app, { platformRole: 'member', tenant: 'beta' });
  });

  it(
    'let the containers of one tenant reach each other by name, and keep those of another away by name and address',
    async () => {
      const [one, two, other] = [`${NAME}-one`, `${NAME}-two`, `${NAME}-other`];
      // Three at once, two of them into a network that is not there yet.
      const made = await Promise.all([deploy(acme, one), deploy(acme, two), deploy(beta, other)]);
      expect(made.map(({ state, error }) => ({ state, error }))).toEqual(made.map(() => ({ state: 'done', error: null }))); // prettier-ignore
      const [first, second, stranger] = await Promise.all([one, two, other].map(addressIn));
      expect(first?.network).toMatch(/^bw_acme_[a-z2-7]{10}$/);
      expect(second?.network).toBe(first?.network);
      expect(stranger?.network).toMatch(/^bw_beta_[a-z2-7]{10}$/);
      for (const network of [first?.network ?? '', stranger?.network ?? ''])
        expect(await subnetOf(network)).toMatch(/^10\.2[45]\d\.\d+\.0\/24$/);
      expect(await docker.getNetwork(first?.network ?? '').inspect()).toMatchObject({
        EnableIPv6: false,
        Options: { 'com.docker.network.bridge.enable_icc': 'true' },
      });

      const [ofOne = '', ofTwo = '', ofOther = ''] = [first?.ip, second?.ip, stranger?.ip];
      expect([await knows(one, two), await reaches(one, ofTwo)]).toEqual([true, true]);
      expect([await knows(two, one), await reaches(two, ofOne)]).toEqual([true, true]);
      expect([await knows(other, other), await reaches(other, ofOther)]).toEqual([true, true]);
      expect([await knows(other, one), await reaches(other, ofOne)]).toEqual([false, false]);
      expect([await knows(one, other), await reaches(one, ofOther)]).toEqual([false, false]);

      const [anew] = made;
      const { body } = await call(app, acme, 'POST', `/containers/${anew?.target.containerId}/configuration/apply`, {
        body: { remake: true },
      });
      expect(await finished(app, acme, body.operation.id)).toMatchObject({ state: 'done' });
      expect((await addressIn(one)).network).toBe(first?.network);
      for (const [index, operation] of made.entries()) await remove(index === 2 ? beta : acme, operation);
    },
    TIME_MS,
  );

  it(
    'are not those somebody else made under their name, and step around what lies where they would go',
    async () => {
      const panel = await startPanel({ BAILIWICK_NETWORK_POOL: '10.98.0.0/23' });
      const owner = await signIn(panel);
      const name = networkName({ slug: 'default', id: owner.user.tenantId });
      const test = { 'bailiwick.test': '1' };
      const copied = await docker.createNetwork({ Name: name, Labels: { ...test, 'bailiwick.tenant': owner.user.tenantId } }); // prettier-ignore
      const foreign = await docker.createNetwork({
        Name: `${NAME}-foreign`,
        IPAM: { Driver: 'default', Config: [{ Subnet: '10.98.0.128/25' }] },
        Labels: test,
      });
      try {
        expect(await deploy(owner, `${NAME}-copied`, panel)).toMatchObject({
          state: 'failed',
          failedStep: 'network',
          error: { code: 'conflict', params: { network: name } },
        });
        await copied.remove();
        const made = await deploy(owner, `${NAME}-beside`, panel);
        expect(made).toMatchObject({ state: 'done' });
        expect(await subnetOf(name)).toBe('10.98.1.0/24');
        await call(panel, owner, 'POST', '/tenants', { body: { slug: 'late', name: 'late' } });
        const late = await signIn(panel, { platformRole: 'member', tenant: 'late' });
        expect(await deploy(late, `${NAME}-late`, panel)).toMatchObject({
          state: 'failed',
          failedStep: 'network',
          error: { code: 'networks_exhausted', params: { pool: '10.98.0.0/23', bits: 24 } },
        });
        await remove(owner, made, panel);
        await checkInvariants(panel);
      } finally {
        await foreign.remove();
        await panel.close();
      }
    },
    TIME_MS,
  );

  it(
    'say so where they have no address left',
    async () => {
      const panel = await startPanel({ BAILIWICK_NETWORK_POOL: '10.97.0.0/24', BAILIWICK_NETWORK_BITS: '29' });
      const owner = await signIn(panel);
      const made: Array<Awaited<ReturnType<typeof deploy>>> = [];
      for (let count = 0; count < 6; count += 1) made.push(await deploy(owner, `${NAME}-full-${count}`, panel));
      expect(made.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done', 'failed']);
      expect(made.at(-1)).toMatchObject({ failedStep: 'start', error: { code: 'network_full' } });
      for (const operation of made.slice(0, 5)) await remove(owner, operation, panel);
      await checkInvariants(panel);
      await panel.close();
    },
    TIME_MS,
  );
});

describe('an engine that chooses by itself', () => {
  it(
    `has room for about thirty networks, and by our plan for ${TENANTS} and more`,
    async () => {
      const engine = await PrivateEngine.bring();
      const panel = await startPanel({ BAILIWICK_DOCKER_HOST: engine.socket });
      try {
        const own: string[] = [];
        const runsOut = async () => {
          for (;;) own.push((await engine.docker.createNetwork({ Name: `own-${own.length}` })).id);
        };
        await expect(runsOut()).rejects.toThrow('non-overlapping');
        expect(own.length).toBeLessThan(TENANTS);
        const environmentId = panel.app.get(EnvironmentsService).default().id;
        const networks = panel.app.get(TenantNetworksService);
        const tenants = Array.from({ length: TENANTS }, () => newId('ten'));
        await Promise.all(
          tenants.map((tenantId) =>
            networks.ensure(environmentId, { name: networkName({ slug: 'house', id: tenantId }), tenantId }, {}),
          ),
        );
        const ours = await engine.docker.listNetworks({ filters: { label: ['bailiwick.tenant'] } });
        const subnets = ours.flatMap(({ IPAM }) => IPAM?.Config?.map(({ Subnet }) => Subnet) ?? []);
        expect(new Set(subnets).size).toBe(TENANTS);

        // What it was told is free, and is not: it looks for another place.
        const direct = new DockerEngine(() => toEngineAddress(engine.socket));
        const tried: string[] = [];
        const blind = (): string => {
          tried.push([...subnets.slice(0, 2), '10.96.0.0/24'][tried.length] ?? '');
          return tried.at(-1) ?? '';
        };
        await direct.ensureNetwork(aNetwork('bw_blind', { place: blind }));
        expect(tried).toHaveLength(3);
        direct.close();
      } finally {
        await panel.close();
        await engine.dispose();
      }
    },
    TIME_MS,
  );
});
