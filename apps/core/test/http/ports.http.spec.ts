import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BinRetentionService } from '../../src/features/bin/bin-retention.service.js';
import { ContainerRow } from '../../src/foundation/environments/container.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, finished, presetsFolder } from '../factories/deployment.js';
import { Asking } from '../granting.js';
import { fakeEngine } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const FIRST = 29_500;
const LAST = FIRST + 69;
/** Of somebody outside the panel. */
const FOREIGN = [FIRST, FIRST + 3, FIRST + 40];
let core: TestApp;
let owner: Asking;
let tania: Asking;
let strangers: Server[];

const listening = (port: number) =>
  new Promise<Server>((resolve) => {
    const server = createServer();
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

beforeAll(async () => {
  core = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_PORT_RANGE: `${FIRST}-${LAST}`,
      BAILIWICK_PRESETS_DIR: presetsFolder({ web: { config: { ports: [{ containerPort: 80, label: 'Web' }] } } }),
    },
  });
  owner = new Asking(core, await signIn(core));
  tania = new Asking(core, await signIn(core, { platformRole: 'member' }));
  strangers = await Promise.all(FOREIGN.map(listening));
});
afterEach(() => checkInvariants(core));
afterAll(async () => {
  await Promise.all(strangers.map((server) => new Promise((resolve) => server.close(resolve))));
  await core.close();
});

const deployed = async (who: Asking, name: string, hostPort?: number) => {
  const ports = hostPort === undefined ? [] : [{ containerPort: 80, protocol: 'tcp' as const, hostPort }];
  const { status, body } = await who.post('deployments', aDeploy({ name, ports }));
  expect({ status, body }).toMatchObject({ status: 202 });
  // Many at once take their turns.
  const { result } = await finished(core, who.who, body.operation.id, { within: 90_000 });
  const made = result as { containerId: string; ports: Array<{ hostPort: number }> };
  return { id: made.containerId, hostPort: made.ports[0]?.hostPort ?? 0 };
};
const mapped = async (who: Asking, query = '') => {
  const { status, body } = await who.get(`ports${query}`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body.items;
};

describe('many who deploy at once', () => {
  it('get as many different ports of the range, and never one of another program', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `many-${index}`);
    const made = await Promise.all(names.map((name) => deployed(owner, name)));
    const ports = made.map(({ hostPort }) => hostPort);
    expect(new Set(ports).size).toBe(50);
    expect(ports.filter((port) => port < FIRST || port > LAST || FOREIGN.includes(port))).toEqual([]);
    const published = (await fakeEngine(core).list()).flatMap((container) => container.ports);
    expect(published.filter(({ hostPort }) => hostPort < FIRST || hostPort > LAST)).toEqual([]);
    for (const { id } of made) {
      const { body } = await owner.delete(`containers/${id}`).send({ force: true });
      await finished(core, owner.who, body.operation.id);
    }
    expect(await mapped(owner)).toEqual([]);
  }, 120_000);
});

describe('the map of ports', () => {
  it('says where a port leads to, also while its container is stopped, and keeps it there', async () => {
    const mine = await deployed(tania, 'mine');
    const [published] = await mapped(tania);
    expect(published).toMatchObject({
      hostPort: mine.hostPort,
      protocol: 'tcp',
      state: 'published',
      containerPort: 80,
      usedBy: { kind: 'container', id: mine.id, name: 'mine' },
    });
    await tania.post(`containers/${mine.id}/stop`).expect(200);
    expect((await mapped(tania))[0]).toMatchObject({ hostPort: mine.hostPort, state: 'reserved', containerPort: null });
    await deployed(owner, 'between');
    await tania.post(`containers/${mine.id}/start`).expect(200);
    expect(await mapped(tania)).toEqual([published]);
  });

  it('says that a port is held for what was taken past the panel, until it is forgotten or not kept any longer', async () => {
    const taken = async (name: string) => {
      const made = await deployed(tania, name);
      const { engineId = '' } = (await fakeEngine(core).findByName(name)) ?? {};
      await fakeEngine(core).remove(engineId, { force: true });
      await until(async () => (await tania.get('bin')).body.items.some(({ id }: { id: string }) => id === made.id));
      return made;
    };
    const stateOf = async (port: number) =>
      (await mapped(tania, `?port=${port}`)).map(({ state }: { state: string }) => state);
    const gone = await taken('vanished');
    expect(await mapped(tania, `?port=${gone.hostPort}`)).toMatchObject([
      { state: 'binned', containerPort: null, usedBy: { kind: 'container', id: gone.id, name: 'vanished' } },
    ]);
    await checkInvariants(core);
    const late = await taken('vanished-long-ago');
    await tania.delete(`bin/${gone.id}`).send({ confirmName: 'vanished' }).expect(204);
    expect(await stateOf(gone.hostPort)).toEqual([]);

    const long = Date.now() - 8 * 24 * 3_600_000;
    await core.app
      .get(Database)
      .transaction((rows) => rows.update(ContainerRow, { id: late.id as never }, { removedAt: long }));
    expect(await stateOf(late.hostPort)).toEqual(['binned']);
    await core.app.get(BinRetentionService).empty();
    expect(await stateOf(late.hostPort)).toEqual([]);
  });

  it('shows people what they see, and of one port whoever has it without a name', async () => {
    const theirs = await deployed(owner, 'theirs');
    expect((await mapped(tania)).map(({ hostPort }: { hostPort: number }) => hostPort)).not.toContain(theirs.hostPort);
    const [one, ...others] = await mapped(tania, `?port=${theirs.hostPort}`);
    expect(others).toEqual([]);
    expect(one.usedBy).toEqual({ kind: 'container', id: null, name: null });
    expect((await mapped(owner, `?port=${theirs.hostPort}`))[0].usedBy.name).toBe('theirs');
    expect((await mapped(owner)).length).toBeGreaterThan((await mapped(tania)).length);
  });

  it('knows another program on the host, and what is free', async () => {
    const [found, ...others] = await mapped(tania, `?port=${FOREIGN[0]}`);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ protocol: 'tcp', state: 'foreign', usedBy: { kind: 'host', id: null, name: null } });
    expect(await mapped(tania, '?port=29499')).toEqual([]);
  });

  it('is not asked about the ports of the system', async () => {
    await tania.get('ports?port=22').expect(400);
    await tania.get('ports?port=none').expect(400);
    expect(await mapped(owner, '?env=env_aaaaaaaaaaaaaaaa')).toEqual([]);
  });
});

/** Which ports went to whoever did not ask for one is chance. */
async function firstOfThreeFree() {
  const taken = new Set([...FOREIGN, ...(await mapped(owner)).map(({ hostPort }: { hostPort: number }) => hostPort)]);
  for (let port = FIRST; port + 2 <= LAST; port += 1)
    if ([port, port + 1, port + 2].every((each) => !taken.has(each))) return port;
  throw new Error('No three free ports in a row.');
}

describe('a port that is taken', () => {
  it('is refused with the next one that neither a row nor the host has', async () => {
    const first = await firstOfThreeFree();
    strangers.push(await listening(first + 2));
    const { hostPort } = await deployed(owner, 'at-one', first);
    await deployed(owner, 'at-two', first + 1);
    const wish = aDeploy({ name: 'wish', ports: [{ containerPort: 80, protocol: 'tcp', hostPort }] });
    const review = await tania.post('deployments/review', wish);
    const check = review.body.checks.find((each: { check: string }) => each.check === 'ports');
    const free = check.params.suggested;
    expect(check).toMatchObject({ outcome: 'blocked', code: 'port_conflict', params: { hostPort } });
    expect(free).toBeGreaterThan(first + 2);
    const refused = await tania.post('deployments', wish);
    expect({ status: refused.status, suggested: refused.body.params.suggested }).toEqual({ status: 409, suggested: free }); // prettier-ignore
    expect((await deployed(tania, 'wish', free)).hostPort).toBe(free);
  });

  it('is not the only way to hear of a free one: whoever may deploy asks for the next, and holds nothing by it', async () => {
    const first = await firstOfThreeFree();
    await deployed(owner, 'before-next', first);
    const next = async (after: number, protocol = 'tcp') =>
      (await tania.get(`ports/free?after=${after}&protocol=${protocol}`).expect(200)).body.hostPort;
    expect(await next(first - 1, 'udp')).toBe(first);
    expect(await next(first)).toBe(first + 1);
    expect(await next(first)).toBe(first + 1);
    expect(await next(65_535)).toBeNull();
    await tania.get('ports/free').expect(400);
    await tania.get('ports/free?after=22').expect(400);
    await tania.get('ports/free?after=20000&env=env_aaaaaaaaaaaaaaaa').expect(404);
    const viewer = new Asking(core, await signIn(core, { platformRole: 'viewer' }));
    await viewer.get('ports/free?after=20000').expect(403);
  });
});
