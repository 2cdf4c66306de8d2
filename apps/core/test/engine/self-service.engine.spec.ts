import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NO_QUOTA } from '@bailiwick/contract';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { finished, presetsFolder } from '../factories/deployment.js';
import { Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { openSession, signIn } from '../sign-in.js';
import { until } from '../until.js';

const docker = new Docker();
const NAME = `bw-self-${process.pid}`;
const FIRST = 29_600;
const LAST = FIRST + 69;
/** Of somebody outside the panel. */
const FOREIGN = [FIRST, FIRST + 1, FIRST + 35];
/** Says on every visit what it was called when it was first started. */
const EDITOR = '[ -e /data/index.html ] || hostname > /data/index.html; exec httpd -f -p 8080 -h /data';
const GREEDY = 'trap "exit 0" TERM; while [ ! -e /tmp/now ]; do sleep 0.1; done; exec tail /dev/zero';

let core: TestApp;
let owner: Asking;
let strangers: Server[];
let count = 0;

const member = async () => new Asking(core, await signIn(core, { platformRole: 'member' }));
const ask = (who: Asking, preset: string, more: object = {}) =>
  who.post('deployments', { preset, name: `${NAME}-${(count += 1)}`, ...more });
const ended = async (who: Asking, { status, body }: Awaited<ReturnType<Asking['post']>>) => {
  expect({ status, body }).toMatchObject({ status: 202 });
  const operation = await finished(core, who.who, body.operation.id, { within: 120_000 });
  expect(operation).toMatchObject({ state: 'done', error: null });
  return operation;
};
async function deploy(who: Asking, preset: string, more: object = {}) {
  const { target, result } = await ended(who, await ask(who, preset, more));
  const ports = (result as { ports: Array<{ hostPort: number }> }).ports.map(({ hostPort }) => hostPort);
  return { id: target.containerId ?? '', name: target.label, port: ports[0] ?? 0 };
}
const inspect = (name: string) => docker.getContainer(name).inspect();
const visit = async (port: number) => (await (await fetch(`http://127.0.0.1:${port}/`)).text()).trim();
const stateOf = async (who: Asking, id: string) => (await who.get(`containers/${id}`)).body.state;

beforeAll(async () => {
  strangers = await Promise.all(
    FOREIGN.map(
      (port) =>
        new Promise<Server>((resolve) => {
          const server = createServer();
          server.listen(port, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  core = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_PORT_RANGE: `${FIRST}-${LAST}`,
      BAILIWICK_PRESETS_DIR: presetsFolder({
        editor: {
          config: {
            command: ['sh', '-c', EDITOR],
            ports: [{ containerPort: 8080, label: 'Editor', web: true }],
            volumes: [{ name: 'data', target: '/data' }],
            restart: 'unless-stopped',
            health: { command: ['test', '-e', '/data/index.html'], intervalMs: 1000, timeoutMs: 1000 },
          },
        },
        port: { config: { ports: [{ containerPort: 80, label: 'Web' }] } },
        plain: {},
        greedy: { config: { command: ['sh', '-c', GREEDY], memoryBytes: 16 * 1024 ** 2 } },
      }),
    },
  });
  owner = new Asking(core, await signIn(core));
}, 60_000);
afterEach(() => checkInvariants(core));
afterAll(async () => {
  await Promise.all(strangers.map((server) => new Promise((resolve) => server.close(resolve))));
  await core.close();
});

/** With its data, so that nothing of a test is left. */
async function remove(ids: readonly string[]) {
  const proved = new Asking(core, await openSession(core, owner.who.user));
  for (const id of ids) {
    const { name } = (await proved.get(`containers/${id}`)).body;
    await ended(
      proved,
      await proved.delete(`containers/${id}`).send({ force: true, deleteData: true, confirmName: name }),
    );
  }
}

describe('what members deploy for themselves on a real engine', () => {
  it('runs side by side, and each opens and sees their own only', async () => {
    const [ada, bert] = [await member(), await member()];
    const [hers, his] = await Promise.all([deploy(ada, 'editor'), deploy(bert, 'editor')]);
    const [one, other] = await Promise.all([visit(hers.port), visit(his.port)]);
    expect(one).not.toBe('');
    expect(one).not.toBe(other);
    expect((await ada.get(`containers/${his.id}`)).status).toBe(404);
    expect((await bert.post(`containers/${hers.id}/stop`)).status).toBe(404);
    expect((await ada.get('containers')).body.items.map(({ id }: { id: string }) => id)).toEqual([hers.id]);
    await remove([hers.id, his.id]);
  }, 120_000);

  it('keeps its address over a stop and a start, whatever was deployed meanwhile', async () => {
    const ada = await member();
    const mine = await deploy(ada, 'editor');
    const said = await visit(mine.port);
    await ada.post(`containers/${mine.id}/stop`).expect(200);
    const between = await deploy(ada, 'editor');
    expect(between.port).not.toBe(mine.port);
    await ada.post(`containers/${mine.id}/start`).expect(200);
    await until(async () => (await visit(mine.port).catch(() => '')) === said, { within: 20_000 });
    await remove([mine.id, between.id]);
  }, 120_000);

  it('is back with its data after its program was killed from outside', async () => {
    const mine = await deploy(owner, 'editor');
    const said = await visit(mine.port);
    const { State } = await inspect(mine.name);
    process.kill(State.Pid, 'SIGKILL');
    await until(async () => (await inspect(mine.name)).State.Pid !== State.Pid, { within: 20_000 });
    await until(async () => (await visit(mine.port).catch(() => '')) === said, { within: 20_000 });
    expect((await inspect(mine.name)).RestartCount).toBe(1);
    await remove([mine.id]);
  }, 120_000);

  it('that takes more memory than it was given is ended alone, and says why', async () => {
    const [greedy, beside] = [await deploy(owner, 'greedy'), await deploy(owner, 'plain')];
    const before = (await inspect(beside.name)).State.StartedAt;
    const exec = await docker.getContainer(greedy.name).exec({ Cmd: ['touch', '/tmp/now'] });
    await exec.start({});
    await until(async () => (await stateOf(owner, greedy.id)) === 'exited', { within: 30_000 });
    expect((await owner.get(`containers/${greedy.id}`)).body).toMatchObject({ exitCode: 137, oomKilled: true });
    expect((await inspect(beside.name)).State).toMatchObject({ Running: true, StartedAt: before });
    await remove([greedy.id, beside.id]);
  }, 120_000);
});

describe('ports on a real engine', () => {
  it('are fifty different ones for fifty at once, all of the range and none of another program', async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, () => ask(owner, 'port')));
    const operations = await Promise.all(asked.map((answer) => ended(owner, answer)));
    const ours = await docker.listContainers({ filters: { name: [`^/${NAME}-`] } });
    const published = ours.flatMap(({ Ports }) => Ports.flatMap(({ PublicPort }) => PublicPort ?? []));
    expect(published).toHaveLength(50);
    expect(new Set(published).size).toBe(50);
    expect(published.filter((port) => port < FIRST || port > LAST || FOREIGN.includes(port))).toEqual([]);
    await remove(operations.map(({ target }) => target.containerId ?? ''));
  }, 240_000);
});

describe('a quota on a real engine', () => {
  it('counts what runs: the third of two is refused, one of two at once, and a start where there is no room', async () => {
    const ada = await member();
    await owner.put(`quotas/${ada.who.user.id}`, { ...NO_QUOTA, containers: 2 }).expect(200);
    const first = await deploy(ada, 'plain');
    const both = await Promise.all([ask(ada, 'plain'), ask(ada, 'plain')]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    const second = (await ended(ada, both.find(({ status }) => status === 202) ?? both[0])).target.containerId ?? '';
    await ada.post(`containers/${first.id}/stop`).expect(200);
    const third = await deploy(ada, 'plain');
    const refused = await ada.post(`containers/${first.id}/start`);
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 409, code: 'quota_exceeded' });
    expect((await inspect(first.name)).State.Running).toBe(false);
    await owner.put(`quotas/${ada.who.user.id}`, { ...NO_QUOTA, containers: 1 }).expect(200);
    expect((await inspect(third.name)).State.Running).toBe(true);
    expect((await ask(ada, 'plain')).status).toBe(409);
    await remove([first.id, second, third.id]);
  }, 120_000);
});

describe('a container said as Bolt says it, on a real engine', () => {
  it('has two processors, four times 1024³ bytes and a volume, in the network of its tenant', async () => {
    // An image that stays up by itself: Bolt says no command.
    const bare = await docker.createContainer({ Image: 'busybox:local', Cmd: ['sleep', '600'] });
    await bare.commit({ repo: NAME, tag: 'stays' });
    await bare.remove();
    const name = `${NAME}-bolt`;
    const container = { image: `${NAME}:stays`, volumes: ['cache:/data'], network: 'surge-mesh' };
    const wish = { name, bolt_config: { container, resources: { cpu: '2', memory: '4GB' } } };
    const { target } = await ended(owner, await owner.post('containers', wish));
    const { HostConfig, Mounts, NetworkSettings } = await inspect(name);
    expect(HostConfig).toMatchObject({ NanoCpus: 2_000_000_000, Memory: 4 * 1024 ** 3 });
    expect(Mounts).toMatchObject([{ Destination: '/data', Name: expect.stringMatching(/^bw_default_\w{10}_cache$/) }]);
    expect(Object.keys(NetworkSettings.Networks)).toEqual([expect.stringMatching(/^bw_default_/)]);
    await remove([target.containerId ?? '']);
    await docker.getImage(`${NAME}:stays`).remove({ force: true });
  }, 120_000);
});
