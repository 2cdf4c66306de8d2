import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerId, Operation } from '@bailiwick/contract';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished, presetsFolder } from '../factories/deployment.js';
import { memberOn } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const docker = new Docker();
const NAME = `bw-copy-${process.pid}`;
const MIB = 1024 ** 2;
const TIME_MS = 120_000;
/** Ends when it is told to, so that no stop has to wait. */
const RUNS = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.1; done'];

let app: TestApp;
let owner: SignedInPerson;
let count = 0;

interface House {
  readonly id: ContainerId;
  readonly name: string;
}
type Inspection = Awaited<ReturnType<ReturnType<typeof docker.getContainer>['inspect']>>;

const inspect = ({ name }: House) => docker.getContainer(name).inspect();
const follow = async ({ status, body }: Awaited<ReturnType<typeof call>>, who = owner): Promise<Operation> => {
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(app, who, body.operation.id, { within: 60_000 });
};
async function deployed(wish: object, who = owner): Promise<House> {
  const name = `${NAME}-${(count += 1)}`;
  const answer = await call(app, who, 'POST', '/deployments', { body: { ...wish, name } });
  const { state, target, error } = await follow(answer, who);
  if (state !== 'done' || !target.containerId) throw new Error(JSON.stringify(error));
  return { id: target.containerId, name };
}
const duplicate = async ({ id }: House, who = owner) =>
  (await call(app, who, 'GET', `/containers/${id}/duplicate`)).body;
async function remove({ id, name }: House): Promise<void> {
  const proved = await openSession(app, owner.user);
  const wish = { force: true, deleteData: true, confirmName: name };
  expect(await follow(await call(app, proved, 'DELETE', `/containers/${id}`, { body: wish }))).toMatchObject({
    state: 'done',
  });
}
/** What a program in it says. */
async function run({ name }: House, script: string): Promise<string> {
  const exec = await docker.getContainer(name).exec({ Cmd: ['sh', '-c', script], AttachStdout: true, Tty: true });
  const chunks: Buffer[] = [];
  for await (const chunk of await exec.start({ Tty: true })) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString().replaceAll('\r', '').trim();
}

const OF_ITSELF = ['bailiwick.id', 'bailiwick.name', 'bailiwick.op', 'bailiwick.owner', 'bailiwick.sig'];
const variables = ({ Config }: Inspection): Record<string, string> =>
  Object.fromEntries(Config.Env.map((line) => line.split(/=(.*)/s).slice(0, 2)));
/** All that a duplicate has in common with what it was made of. */
const sameIn = ({ Config, HostConfig, Mounts, NetworkSettings }: Inspection) => ({
  config: {
    ...Config,
    Hostname: undefined,
    Env: undefined,
    Labels: Object.entries(Config.Labels).filter(([label]) => !OF_ITSELF.includes(label)).sort(), // prettier-ignore
  },
  host: { ...HostConfig, Binds: undefined, Mounts: undefined, PortBindings: undefined },
  targets: Mounts.map(({ Type, Destination, RW }) => ({ Type, Destination, RW })),
  ports: Object.keys(HostConfig.PortBindings ?? {}),
  networks: Object.keys(NetworkSettings.Networks),
});
const hostPorts = ({ HostConfig }: Inspection): string[] =>
  Object.values((HostConfig.PortBindings ?? {}) as Record<string, Array<{ HostPort: string }>>).flatMap((all) =>
    all.map(({ HostPort }) => HostPort),
  );

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '300',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '200',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        web: {
          questions: [
            { type: 'secret', name: 'password', label: 'Password', required: false },
            { type: 'text', name: 'mode', label: 'Mode', default: 'dev' },
          ],
          config: {
            command: RUNS,
            env: { PASSWORD: '{{password}}', MODE: '{{mode}}' },
            ports: [
              { containerPort: 80, label: 'Web' },
              { containerPort: 53, protocol: 'udp', label: 'Names' },
            ],
            volumes: [{ name: 'data', target: '/data' }],
            health: { command: ['test', '-d', '/data'], intervalMs: 1000, timeoutMs: 1000 },
          },
        },
      }),
    },
  });
  owner = await signIn(app);
}, TIME_MS);
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a duplicate on a real engine', () => {
  it(
    'is equal in all that was chosen, and has its own name, ports, volume and password; what it is made of is untouched',
    async () => {
      const first = await deployed({
        preset: 'web',
        answers: { mode: 'live' },
        memoryBytes: 48 * MIB,
        options: {
          env: { EXTRA: 'own' },
          labels: { tier: 'one' },
          pids: 77,
          cpuShares: 512,
          shmBytes: 24 * MIB,
          restart: { name: 'on-failure', maximumRetryCount: 4 },
        },
      });
      await run(first, 'echo mine > /data/note');
      const before = await inspect(first);
      const { input, carried, leftOut } = await duplicate(first);
      expect({ carried, leftOut }).toEqual({ carried: ['EXTRA'], leftOut: [] });
      const second = await deployed(input);
      const copy = await inspect(second);
      expect(sameIn(copy)).toEqual(sameIn(before));
      expect(variables(copy)).toMatchObject({ MODE: 'live', EXTRA: 'own' });
      expect(variables(copy)['PASSWORD']).toMatch(/^\w{24}$/);
      expect(variables(copy)['PASSWORD']).not.toBe(variables(before)['PASSWORD']);
      const others = hostPorts(copy);
      expect(others).toHaveLength(2);
      for (const port of hostPorts(before)) expect(others).not.toContain(port);
      expect(copy.Mounts[0]?.Name).not.toBe(before.Mounts[0]?.Name);
      expect(await run(second, 'ls /data')).toBe('');

      await run(second, 'echo yours > /data/note');
      expect(await run(first, 'cat /data/note')).toBe('mine');
      expect(await inspect(first)).toMatchObject({ Id: before.Id, RestartCount: 0, HostConfig: before.HostConfig });
      await remove(second);
      expect(await run(first, 'cat /data/note')).toBe('mine');
      await remove(first);
    },
    TIME_MS,
  );

  it(
    'has the sealed variables of the first for who may read them, and for nobody else',
    async () => {
      const first = await deployed({
        image: 'busybox:local',
        ports: [{ containerPort: 80 }],
        volumes: [{ name: 'data', target: '/data' }],
        options: { command: RUNS, env: { KEY: 'topsecret' } },
      });
      const mayLook = await memberOn(app, owner, first, 'containers.settingsSee');
      const full = await duplicate(first);
      expect(JSON.stringify(full)).not.toContain('topsecret');
      const whole = await deployed(full.input);
      expect(variables(await inspect(whole))).toMatchObject({ KEY: 'topsecret' });
      expect(sameIn(await inspect(whole))).toEqual(sameIn(await inspect(first)));

      const preset = await deployed({ preset: 'web', options: { env: { KEY: 'topsecret' } } });
      const onPreset = [
        [await memberOn(app, owner, preset, 'containers.settingsSee', 'containers.settingsSecrets'), 'topsecret'],
        [await memberOn(app, owner, preset, 'containers.settingsSee'), undefined],
      ] as const;
      const made: House[] = [];
      for (const [person, key] of onPreset) {
        const { input, carried, leftOut } = await duplicate(preset, person);
        expect({ carried, leftOut }).toEqual(
          key === undefined ? { carried: [], leftOut: ['KEY'] } : { carried: ['KEY'], leftOut: [] },
        );
        const theirs = await deployed(input, person);
        expect(variables(await inspect(theirs))['KEY']).toBe(key);
        made.push(theirs);
      }
      // To ask for them all the same is refused, and nothing is made.
      const name = `${NAME}-thief`;
      for (const [person, container] of [
        [mayLook, first],
        [onPreset[1][0], preset],
      ] as const) {
        // prettier-ignore
        const body = { preset: 'web', name, envOf: { container: container.id, names: ['KEY'] } };
        expect(await call(app, person, 'POST', '/deployments', { body })).toMatchObject({
          status: 403,
          body: { params: { missing: ['containers.settingsSecrets'] } },
        });
      }
      await expect(docker.getContainer(name).inspect()).rejects.toMatchObject({ statusCode: 404 });
      for (const house of [...made, preset, whole, first]) await remove(house);
    },
    TIME_MS,
  );
});
