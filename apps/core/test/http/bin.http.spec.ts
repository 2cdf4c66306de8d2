import { existsSync, mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type BinItem, ContainerId, type Operation } from '@bailiwick/contract';
import { KeptLogFolders } from '../../src/foundation/environments/kept-log-folders.driver.js';
import { BinRetentionService } from '../../src/features/bin/bin-retention.service.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { checkInvariants } from '../invariants.js';
import { until } from '../until.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';

const DAY_MS = 24 * 3_600_000;
const clock = new ManualClock();
const folder = presetsFolder({
  web: {
    config: {
      ports: [{ containerPort: 80, label: 'Web', web: true }],
      volumes: [{ name: 'data', target: '/data' }],
      env: { PASS: '{{password}}' },
    },
    questions: [{ type: 'secret', name: 'password', label: 'Password', required: false }],
  },
});

let app: TestApp;
let owner: SignedInPerson;
let member: SignedInPerson;
let count = 0;

const engine = () => fakeEngine(app);
async function deployed(who = member, wish: object = {}): Promise<{ id: string; name: string; port: number }> {
  const name = `web-${++count}`;
  const { body } = await call(app, who, 'POST', '/deployments', { body: aDeploy({ name, ...wish }) });
  const { target, state, result } = await finished(app, who, body.operation.id);
  if (state !== 'done' || !target.containerId) throw new Error(`The deploy of ${name} ${state}.`);
  const { ports } = result as { ports: Array<{ hostPort: number }> };
  return { id: target.containerId, name, port: ports[0]?.hostPort ?? 0 };
}
async function deleted(who = member, wish: object = {}) {
  const container = await deployed(who, wish);
  await remove(container.id, who);
  return container;
}
async function remove(id: string, who = member): Promise<void> {
  const { body } = await call(app, who, 'DELETE', `/containers/${id}`, { body: { force: true } });
  await finished(app, who, body.operation.id);
}
const bin = async (who = member): Promise<BinItem[]> => (await call(app, who, 'GET', '/bin')).body.items;
const inBin = async (id: string, who = member) => (await bin(who)).find((item) => item.id === id);
const restore = (id: string, body: object = {}, who = member) => call(app, who, 'POST', `/bin/${id}/restore`, { body });
async function restored(id: string, body: object = {}, who = member): Promise<Operation> {
  const answer = await restore(id, body, who);
  if (answer.status !== 202) throw new Error(JSON.stringify(answer.body));
  return finished(app, who, answer.body.operation.id);
}

beforeAll(async () => {
  app = await startApp({
    clock,
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '20',
      BAILIWICK_SESSION_IDLE_MIN: '1440',
      BAILIWICK_SESSION_MAX_H: '720',
      BAILIWICK_PRESETS_DIR: folder,
    },
  });
  [owner, member] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
});
afterEach(() => checkInvariants(app));
afterAll(() => app?.close());

describe('a container that was deleted', () => {
  it('lies in the bin for seven days, for whoever could delete it and for nobody else', async () => {
    const { id, name } = await deleted();
    const item = await inBin(id);
    expect(item).toMatchObject({
      name,
      image: 'busybox:local',
      owner: { id: member.user.id },
      data: [{ target: '/data', state: 'kept' }],
      rights: { can: ['containers.delete'] },
    });
    expect(Date.parse(item?.until ?? '') - Date.parse(item?.deletedAt ?? '')).toBe(7 * DAY_MS);
    expect(await inBin(id, owner)).toBeDefined();
    const stranger = await signIn(app, { platformRole: 'member' });
    expect(await bin(stranger)).toEqual([]);
    expect(await restore(id, {}, stranger)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const purge = await call(app, stranger, 'DELETE', `/bin/${id}`, { body: { confirmName: name } });
    expect(purge.status).toBe(404);
  });

  it('comes back under its id, as it was made, with its data, its port and whom it was given to', async () => {
    const { id, name, port } = await deployed();
    const before = await engine().findByName(name);
    const friend = await signIn(app, { platformRole: 'member' });
    await new Asking(app, owner).change([aGrant(friend, { kind: 'container', id } as never, { role: 'operator' })]);
    await remove(id);
    expect((await call(app, friend, 'GET', `/containers/${id}`)).status).toBe(404);
    expect(await restored(id)).toMatchObject({
      name: 'containers.restore',
      state: 'done',
      target: { containerId: id },
    });
    const after = await engine().findByName(name);
    expect(after).toMatchObject({ state: 'running', env: before?.env, mounts: before?.mounts, limits: before?.limits });
    expect(after?.ports[0]?.hostPort).toBe(port);
    expect((await call(app, friend, 'GET', `/containers/${id}`)).body).toMatchObject({ id, name, state: 'running' });
    expect(await inBin(id)).toBeUndefined();
    const { versions } = (await call(app, member, 'GET', `/containers/${id}/configuration`)).body;
    expect(versions.map(({ why }: { why: string }) => why)).toEqual(['restored', 'deployed']);
    const volumes = (await call(app, member, 'GET', '/volumes?state=attached')).body.items;
    expect(volumes.some(({ container }: { container: { id: string } | null }) => container?.id === id)).toBe(true);
  });

  it('comes back once, however many ask at once', async () => {
    const { id, name } = await deleted();
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map((mark) => restore(id, { name: `${name}-${mark}`, anyPorts: true }))); // prettier-ignore
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted).toHaveLength(1);
    expect(await finished(app, member, accepted[0]?.body.operation.id)).toMatchObject({ state: 'done' });
    expect((await restore(id, { name: `${name}-e`, anyPorts: true })).status).toBe(404);
    expect((await engine().list()).filter((one) => one.name.startsWith(`${name}-`))).toHaveLength(1);
  });

  it('is forgotten once for one key: asked again, the answer is the same', async () => {
    const { id, name } = await deleted();
    const proved = await openSession(app, member.user);
    const forget = () => call(app, proved, 'DELETE', `/bin/${id}`, { body: { confirmName: name }, key: 'forget-once' });
    expect((await forget()).status).toBe(204);
    const again = await forget();
    expect({ status: again.status, replayed: again.headers.get('idempotency-replayed') }).toEqual({ status: 204, replayed: 'true' }); // prettier-ignore
    expect(await inBin(id)).toBeFalsy();
  });

  it('comes back with its port also where it was taken from its engine past the panel', async () => {
    const { id, name, port } = await deployed();
    const { engineId } = (await engine().findByName(name)) ?? { engineId: '' };
    await engine().remove(engineId, { force: true });
    await until(() => inBin(id));
    expect(await restored(id)).toMatchObject({ state: 'done' });
    expect((await engine().findByName(name))?.ports[0]?.hostPort).toBe(port);
  });

  it('comes back as it was changed, not as it was deployed', async () => {
    const { id, name } = await deployed();
    await call(app, member, 'PUT', `/containers/${id}/configuration`, { body: { change: { pids: 99 } } });
    const { body } = await call(app, member, 'POST', `/containers/${id}/configuration/apply`, { body: {} });
    await finished(app, member, body.operation.id);
    await remove(id);
    await restored(id);
    expect((await engine().findByName(name))?.limits.pids).toBe(99);
  });

  it('is refused its name and its port where others have them by now, and takes others where that is wanted', async () => {
    const { id, name, port } = await deleted();
    const taken = [{ containerPort: 80, protocol: 'tcp', hostPort: port }];
    const other = await deployed(member, { ports: taken });
    expect(await restore(id)).toMatchObject({
      status: 409,
      body: { code: 'port_conflict', params: { hostPort: port } },
    });
    expect(await restore(id, { name: other.name, anyPorts: true })).toMatchObject({ status: 409, body: { code: 'name_taken' } }); // prettier-ignore
    expect(await inBin(id)).toMatchObject({ name });
    expect(await restored(id, { name: `${name}-again`, anyPorts: true })).toMatchObject({ state: 'done' });
    const back = await engine().findByName(`${name}-again`);
    expect(back?.ports[0]?.hostPort).not.toBe(port);
  });

  it('counts again, and does not come back beyond a quota', async () => {
    const person = await signIn(app, { platformRole: 'member' });
    const { id } = await deleted(person);
    await deployed(person);
    const quota = { containers: 1, cpus: null, memoryBytes: null, diskBytes: null };
    await call(app, owner, 'PUT', `/quotas/${person.user.id}`, { body: quota });
    expect(await restore(id, {}, person)).toMatchObject({ status: 409, body: { code: 'quota_exceeded' } });
    expect(await inBin(id, person)).toBeDefined();
  });

  it('that does not start lies in the bin as before, with its data', async () => {
    const { id, port } = await deleted();
    const before = await inBin(id);
    // Held by a program the panel's own look cannot find: only the engine does.
    engine().occupyPort(port);
    expect(await restored(id)).toMatchObject({
      state: 'failed',
      failedStep: 'start',
      error: { code: 'port_conflict' },
    });
    expect(await inBin(id)).toEqual(before);
    expect(await restored(id, { anyPorts: true })).toMatchObject({ state: 'done' });
  });

  it('does not take what somebody else made of its data', async () => {
    const { id, name: called } = await deleted();
    const { items } = (await call(app, member, 'GET', '/volumes?state=kept')).body;
    const kept = items.find(({ lastContainerName }: { lastContainerName: string }) => lastContainerName === called);
    const user = await deployed(member, { volumes: [{ name: 'data', volumeId: kept.id }] });
    const item = await inBin(id);
    expect(item?.data).toMatchObject([{ state: 'used' }]);
    expect(await restore(item?.id ?? '', { anyPorts: true })).toMatchObject({ status: 409, body: { code: 'volume_in_use' } }); // prettier-ignore
    await remove(user.id);
    expect(await inBin(id)).toBeDefined();
  });

  it('is forgotten for good when its name is typed and it is proved who asks; the data stays', async () => {
    const { id, name } = await deleted();
    const volume = (await inBin(id))?.data[0]?.name;
    const wrong = await call(app, member, 'DELETE', `/bin/${id}`, { body: { confirmName: 'other' } });
    expect(wrong).toMatchObject({ status: 409 });
    const folder = app.app.get(KeptLogFolders).folderOf(ContainerId.parse(id));
    mkdirSync(folder, { recursive: true });
    expect((await call(app, member, 'DELETE', `/bin/${id}`, { body: { confirmName: name } })).status).toBe(204);
    expect(existsSync(folder)).toBe(false);
    expect(await inBin(id)).toBeUndefined();
    expect(await restore(id)).toMatchObject({ status: 404 });
    expect(engine().volumes.has(volume ?? '')).toBe(true);
  });

  it('is forgotten after seven days', async () => {
    const { id } = await deleted();
    clock.advance(7 * DAY_MS + 1);
    member = await openSession(app, member.user);
    expect(await inBin(id)).toBeUndefined();
    expect(await restore(id)).toMatchObject({ status: 404 });
    expect(await app.app.get(BinRetentionService).empty()).toBeGreaterThan(0);
    expect(await app.app.get(BinRetentionService).empty()).toBe(0);
  });
});
