import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Alert } from '@bailiwick/contract';
import * as z from 'zod';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { defineOperation } from '../../src/foundation/operations/operation.js';
import { OperationsService } from '../../src/foundation/operations/operations.service.js';
import { conflict } from '../../src/kernel/errors.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

/** Does nothing, well or badly. */
const WORK = defineOperation({
  name: 'test.work',
  capability: 'containers.restart',
  input: z.object({ isBroken: z.boolean() }),
  steps: ['work'],
  run: ({ isBroken }, { step }) =>
    step('work', () => (isBroken ? Promise.reject(conflict('wrong_state', 'No.')) : Promise.resolve())),
});

let core: TestApp;
let clock: ManualClock;
let owner: Asking;
let maker: Asking;
let web: SeenContainer;
const member = async (tenant?: string) =>
  new Asking(core, await signIn(core, { platformRole: 'member', ...(tenant ? { tenant } : {}) }));

beforeEach(async () => {
  clock = new ManualClock();
  core = await startApp({ clock });
  owner = new Asking(core, await signIn(core));
  maker = await member();
  web = await ownedOnEngine(core, maker.who.user, { name: 'web', command: ['sleep', 'infinity'] });
});
afterEach(() => core.close());

const fake = () => fakeEngine(core).get(web.engineId);
const alertsOf = async (who: Asking, query = ''): Promise<Alert[]> => {
  const { status, body } = await who.get(`alerts${query}`);
  expect(status).toBe(200);
  return Alert.array().parse(body.items);
};
const rulesOf = async (who: Asking, query = '') => (await alertsOf(who, query)).map(({ rule }) => rule);
async function alerted(who: Asking, rule: string, query = ''): Promise<Alert> {
  const found = async () => (await alertsOf(who, query)).find((alert) => alert.rule === rule);
  await until(async () => (await found()) !== undefined, { what: `An alert ${rule}` });
  return Alert.parse(await found());
}
const recovered = (who: Asking) => until(async () => (await alertsOf(who)).length === 0, { what: 'The recovery' });

describe('an alert', () => {
  it('opens when a container ends by itself, and closes when it runs again', async () => {
    expect(await alertsOf(maker)).toEqual([]);
    clock.advance(1000);
    fake().exit(3);
    const alert = await alerted(maker, 'container_stopped');
    expect(alert).toMatchObject({
      label: 'web',
      severity: 'critical',
      count: 1,
      state: 'open',
      facts: { exitCode: 3 },
    });
    clock.advance(1000);
    await maker.post(`containers/${web.id}/start`);
    await recovered(maker);
    expect((await maker.get(`alerts/${alert.id}`)).body.item).toMatchObject({ state: 'closed', end: 'recovered' });
    expect(await rulesOf(maker, '?state=closed')).toEqual(['container_stopped']);
  });

  it('stays away where somebody stopped it, or it ended well', async () => {
    clock.advance(1000);
    await maker.post(`containers/${web.id}/stop`);
    await maker.post(`containers/${web.id}/start`);
    clock.advance(1000);
    fake().exit(0);
    await until(() => core.app.get(MirrorsService).container(web.id)?.exitCode === 0);
    expect(await alertsOf(owner)).toEqual([]);
  });

  it('is one, with a count, however often the same happens', async () => {
    for (const code of [1, 2]) {
      clock.advance(1000);
      fake().exit(code);
      await alerted(maker, 'container_stopped');
      clock.advance(1000);
      await maker.post(`containers/${web.id}/start`);
      await recovered(maker);
    }
    expect(await alertsOf(maker, '?state=all')).toMatchObject([{ count: 2, facts: { exitCode: 2 } }]);
  });

  it('tells that memory ran out, that a health check fails, and a loop', async () => {
    clock.advance(1000);
    fake().becomeHealth('unhealthy');
    await alerted(maker, 'container_unhealthy');
    fake().becomeHealth('healthy');
    await recovered(maker);
    fake().runOutOfMemory();
    await alerted(maker, 'container_oom');
    for (let run = 0; run < 3; run++) {
      await maker.post(`containers/${web.id}/start`);
      clock.advance(1000);
      fake().exit(1);
      await alerted(maker, 'container_stopped');
    }
    await alerted(maker, 'container_restarting');
  });

  it('is over with its container', async () => {
    clock.advance(1000);
    fake().exit(1);
    const { id } = await alerted(owner, 'container_stopped');
    await fakeEngine(core).remove(web.engineId, { force: true });
    await recovered(owner);
    expect((await owner.get(`alerts/${id}`)).body.item).toMatchObject({ end: 'gone' });
  });

  it('tells staff of an engine that is away, and nobody else', async () => {
    fakeEngine(core).goOffline();
    const alert = await alerted(owner, 'environment_offline');
    expect(alert.thing).toEqual({ kind: 'environment', id: localEnvironment(core) });
    expect(await alertsOf(maker)).toEqual([]);
    expect((await maker.get(`alerts/${alert.id}`)).status).toBe(404);
    expect((await alertsOf(owner, `?environment=${localEnvironment(core)}`)).map(({ id }) => id)).toEqual([alert.id]);
    expect(await alertsOf(owner, '?environment=env_zzzzzzzzzzzzzzzz')).toEqual([]);
    expect(await alertsOf(maker, `?state=all&environment=${localEnvironment(core)}`)).toEqual([]);
    fakeEngine(core).goOnline();
    await recovered(owner);
  });

  it('tells who may answer that somebody asks for access, until it is answered', async () => {
    const tania = await member();
    await owner.change([aGrant(tania.who, { kind: 'container', id: web.id }, { role: 'observer' })]);
    const target = { kind: 'container', id: web.id };
    const wish = { target, capabilities: ['containers.restart'], reason: 'The shop is down.' };
    const { body } = await tania.post('access/requests', wish);
    const alert = await alerted(maker, 'access_requested');
    expect(alert.facts.by).toBe(tania.who.user.displayName);
    expect(await alertsOf(tania)).toEqual([]);
    await maker.post(`access/requests/${body.item.id}/deny`, { note: 'Not today.' });
    await recovered(maker);
  });
});

describe('a failed operation', () => {
  const starts = (who: Asking, isBroken: boolean, containerId: SeenContainer['id'] | null) =>
    core.app.get(OperationsService).start(who.who.actor, WORK, {
      input: { isBroken },
      tenantId: web.tenantId,
      environmentId: localEnvironment(core),
      containerId,
      label: 'web',
    });
  beforeEach(() => core.app.get(OperationsService).register(WORK));

  it('is told to who sees the container, until the same is done', async () => {
    await starts(owner, true, web.id);
    const alert = await alerted(maker, 'operation_failed');
    expect(alert.facts).toMatchObject({ operation: 'test.work', code: 'wrong_state' });
    clock.advance(1000);
    await starts(owner, false, web.id);
    await recovered(maker);
  });

  it('on no container is told to who started it and to staff, and is over with an answer', async () => {
    await starts(maker, true, null);
    const { id } = await alerted(maker, 'operation_failed');
    expect(await alertsOf(await member())).toEqual([]);
    expect((await maker.post(`alerts/${id}/acknowledge`)).status).toBe(403);
    const { body } = await owner.post(`alerts/${id}/acknowledge`);
    expect(body.item).toMatchObject({ state: 'closed', end: 'acknowledged' });
    expect((await owner.post(`alerts/${id}/acknowledge`)).status).toBe(409);
    expect(await alertsOf(maker)).toEqual([]);
  });
});

describe('who sees an alert', () => {
  it('is who sees the container: never another tenant, nor somebody without a grant', async () => {
    clock.advance(1000);
    fake().exit(3);
    const { id } = await alerted(maker, 'container_stopped');
    await owner.post('tenants', { slug: 'acme', name: 'Acme' });
    for (const stranger of [await member(), await member('acme')]) {
      expect(await alertsOf(stranger, '?state=all')).toEqual([]);
      expect((await stranger.get(`alerts/${id}`)).status).toBe(404);
      expect((await stranger.post(`alerts/${id}/acknowledge`)).status).toBe(404);
      expect((await stranger.post(`alerts/${id}/silence`, { durationMs: 3_600_000 })).status).toBe(404);
    }
    expect(await rulesOf(owner)).toEqual(['container_stopped']);
  });

  it('answers it only where they may restart the container', async () => {
    const tania = await member();
    const on = { kind: 'container' as const, id: web.id };
    await owner.change([aGrant(tania.who, on, { role: 'observer' })]);
    clock.advance(1000);
    fake().exit(3);
    const { id } = await alerted(tania, 'container_stopped');
    const refused = await tania.post(`alerts/${id}/acknowledge`);
    expect({ status: refused.status, missing: refused.body.params.missing }).toEqual({
      status: 403,
      missing: ['containers.restart'],
    });
    const { body } = await maker.post(`alerts/${id}/acknowledge`);
    expect(body.item.acknowledged.by).toEqual({ id: maker.who.user.id, name: maker.who.user.displayName });
    const { body: silenced } = await maker.post(`alerts/${id}/silence`, { durationMs: 3_600_000 });
    expect(silenced.item.silencedUntil).toBe(new Date(clock.now() + 3_600_000).toISOString());
    expect((await maker.delete(`alerts/${id}/silence`)).body.item.silencedUntil).toBeNull();
    expect((await maker.post(`alerts/${id}/silence`, { durationMs: 1 })).status).toBe(400);
    const { body: trail } = await owner.get(`audit?target=${web.id}`);
    const actions = trail.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(expect.arrayContaining(['alerts.acknowledge', 'alerts.silence', 'alerts.unsilence']));
  });

  it('follows it live, and nobody else does', async () => {
    const stranger = await member();
    const [hers, others] = await Promise.all([maker, stranger].map(({ who }) => LiveClient.connect(core, who)));
    if (!hers || !others) throw new Error('Somebody is not connected.');
    for (const live of [hers, others]) expect((await live.join('alerts')).snapshot).toEqual([]);
    clock.advance(1000);
    fake().exit(3);
    await until(() => hers.changes.length > 0, { what: 'Telling of the alert' });
    expect(hers.changes[0]).toMatchObject({ topic: 'alerts', item: { rule: 'container_stopped', state: 'open' } });
    await maker.post(`containers/${web.id}/start`);
    await until(() => hers.changes.length > 1, { what: 'Telling of the recovery' });
    expect(hers.changes.at(-1)).toMatchObject({ item: { state: 'closed' } });
    expect(others.changes).toEqual([]);
    for (const live of [hers, others]) live.close();
  });
});

it('survives a restart of the core, and is still one', async () => {
  const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-alerts-'));
  try {
    const first = await startApp({ clock, storageDir });
    const admin = new Asking(first, await signIn(first));
    const app = await ownedOnEngine(first, admin.who.user, { name: 'app', command: ['sleep', 'infinity'] });
    const engine = fakeEngine(first);
    clock.advance(1000);
    engine.get(app.engineId).exit(3);
    const before = await alerted(admin, 'container_stopped');
    await first.close();
    const second = await startApp({ clock, storageDir, engine });
    const again = new Asking(second, admin.who);
    expect(await alerted(again, 'container_stopped')).toMatchObject({ id: before.id, count: 1 });
    await again.post(`containers/${app.id}/start`);
    await recovered(again);
    await second.close();
  } finally {
    rmSync(storageDir, { recursive: true, force: true });
  }
});
