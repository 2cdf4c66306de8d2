import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Alert, Silence } from '@bailiwick/contract';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { SilenceRow } from '../../src/features/silences/silence.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { fakeEngine, localEnvironment } from '../fake-engine.js';
import { aGrant, Asking } from '../granting.js';
import { LiveClient } from '../live-client.js';
import { ownedOnEngine } from '../owned-container.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const HOUR_MS = 3_600_000;
const AN_HOUR = { kind: 'for', durationMs: HOUR_MS } as const;

let core: TestApp;
let clock: ManualClock;
let owner: Asking;
let maker: Asking;
let web: SeenContainer;
let folder: string;

beforeEach(async () => {
  clock = new ManualClock();
  folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  core = await startApp({ clock, env: { BAILIWICK_SESSION_IDLE_MIN: '1440' } });
  owner = new Asking(core, await signIn(core));
  maker = new Asking(core, await signIn(core, { platformRole: 'member' }));
  web = await ownedOnEngine(core, maker.who.user, { name: 'web', command: ['sleep', 'infinity'] });
});
afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

const onWeb = () => ({ kind: 'container', id: web.id }) as const;
async function silenced(who: Asking, body: object): Promise<Silence> {
  const { status, body: answer } = await who.post('silences', { reason: 'Rebuilt today', time: AN_HOUR, ...body });
  expect({ status, answer }).toMatchObject({ status: 201 });
  return Silence.parse(answer.item);
}
const silencesOf = async (who: Asking): Promise<Silence[]> =>
  Silence.array().parse((await who.get('silences')).body.items);
async function alerted(who: Asking): Promise<Alert> {
  const found = async () => Alert.array().parse((await who.get('alerts')).body.items)[0];
  await until(async () => (await found()) !== undefined, { what: 'An alert' });
  return Alert.parse(await found());
}
const stop = () => {
  clock.advance(1000);
  fakeEngine(core).get(web.engineId).exit(3);
};

describe('a silence', () => {
  it('of a container keeps its alerts from ringing, for as long as it was meant, and ends by itself', async () => {
    const silence = await silenced(maker, { scope: onWeb() });
    expect(silence).toMatchObject({ label: 'web', rule: null, rights: { can: ['containers.restart'] } });
    stop();
    const alert = await alerted(maker);
    expect(alert).toMatchObject({
      silencedUntil: silence.activeUntil,
      silence: { id: silence.id, reason: 'Rebuilt today' },
    });
    clock.advance(HOUR_MS);
    expect(await alerted(maker)).toMatchObject({ silencedUntil: null, silence: null });
    expect(await silencesOf(maker)).toEqual([]);
    const rows = () => core.app.get(Database).repository(SilenceRow).count();
    await until(async () => (await rows()) === 0, { what: 'The end of the row' });
  });

  it('tells who follows alerts when it begins, and when somebody ends it', async () => {
    stop();
    const { id } = await alerted(maker);
    const live = await LiveClient.connect(core, maker.who);
    await live.join('alerts');
    const told = () => Alert.safeParse(live.changes.at(-1)?.item).data;
    const silence = await silenced(maker, { scope: onWeb() });
    await until(() => told()?.silence?.id === silence.id, { what: 'Telling of the silence' });
    expect((await maker.delete(`silences/${silence.id}`)).status).toBe(204);
    await until(() => told()?.silence === null, { what: 'Telling of its end' });
    expect(told()?.id).toBe(id);
    live.close();
  });

  it('of one rule leaves the others alone', async () => {
    await silenced(owner, { rule: 'container_oom', scope: null });
    stop();
    expect(await alerted(maker)).toMatchObject({ rule: 'container_stopped', silence: null });
  });

  it('of a tenant, a project, an engine or everything reaches what is in it', async () => {
    const { body } = await owner.post('projects', { name: 'Shop' });
    const project = { kind: 'project', id: body.item.id };
    expect((await owner.post(`projects/${body.item.id}/containers/link`, { ids: [web.id] })).status).toBe(200);
    stop();
    await alerted(maker);
    const tenant = { kind: 'tenant', id: web.tenantId };
    const environment = { kind: 'environment', id: localEnvironment(core) };
    for (const scope of [tenant, environment, project, null]) {
      const { id } = await silenced(owner, { scope });
      expect((await alerted(maker)).silence?.id).toBe(id);
      await owner.delete(`silences/${id}`);
      expect((await alerted(maker)).silence).toBeNull();
    }
  });

  it('is a maintenance window where it begins later, or comes back every week', async () => {
    const from = new Date(clock.now() + HOUR_MS).toISOString();
    const to = new Date(clock.now() + 2 * HOUR_MS).toISOString();
    const once = await silenced(maker, { scope: onWeb(), time: { kind: 'once', from, until: to } });
    expect(once).toMatchObject({ activeUntil: null, nextFrom: from });
    // The clock of these tests begins on a Thursday, at midnight in UTC.
    const weekly = { kind: 'weekly', days: [4], at: '09:00', minutes: 30, timeZone: 'Asia/Tokyo' };
    const tokyo = await silenced(maker, { scope: onWeb(), time: weekly });
    expect(tokyo).toMatchObject({ time: weekly, activeUntil: new Date(clock.now() + HOUR_MS / 2).toISOString() });
    stop();
    expect((await alerted(maker)).silence?.id).toBe(tokyo.id);
    clock.advance(HOUR_MS / 2);
    expect((await alerted(maker)).silence).toBeNull();
    clock.advance(HOUR_MS / 2);
    expect((await alerted(maker)).silence?.id).toBe(once.id);
    clock.advance(HOUR_MS);
    expect((await silencesOf(maker)).map(({ id }) => id)).toEqual([tokyo.id]);
  });

  it('survives a restart', async () => {
    await core.close();
    core = await startApp({ clock, storageDir: folder });
    const asked = new Asking(core, await signIn(core));
    const { id } = await silenced(asked, { scope: null });
    await core.close();
    core = await startApp({ clock, storageDir: folder });
    const again = new Asking(core, asked.who);
    expect((await silencesOf(again)).map((each) => each.id)).toEqual([id]);
  });
});

describe('who may silence', () => {
  it('is who may restart what is silenced; staff alone for everything, an engine, and those who ask for access', async () => {
    const tania = new Asking(core, await signIn(core, { platformRole: 'member' }));
    const wish = (scope: object | null, rule: string | null = null) => ({
      reason: 'Later',
      scope,
      rule,
      time: AN_HOUR,
    });
    expect((await tania.post('silences', wish(onWeb()))).status).toBe(404);
    await owner.change([aGrant(tania.who, onWeb(), { role: 'observer' })]);
    expect((await tania.post('silences', wish(onWeb()))).status).toBe(403);
    const everywhere = [
      null,
      { kind: 'environment', id: localEnvironment(core) },
      { kind: 'tenant', id: web.tenantId },
    ];
    for (const scope of everywhere) {
      const { status, body } = await maker.post('silences', wish(scope));
      expect({ status, missing: body.params.missing }).toEqual({ status: 403, missing: ['containers.restart'] });
    }
    expect((await maker.post('silences', wish(onWeb(), 'access_requested'))).status).toBe(403);
    const { id } = await silenced(maker, { scope: onWeb() });
    expect(await silencesOf(tania)).toMatchObject([{ id, rights: { can: [] } }]);
    expect((await tania.delete(`silences/${id}`)).status).toBe(403);
  });

  it('sees no silence of what they do not see', async () => {
    await owner.post('tenants', { slug: 'acme', name: 'Acme' });
    const stranger = new Asking(core, await signIn(core, { platformRole: 'member', tenant: 'acme' }));
    const { id } = await silenced(maker, { scope: onWeb() });
    const ofTenant = await silenced(owner, { scope: { kind: 'tenant', id: web.tenantId } });
    expect(await silencesOf(stranger)).toEqual([]);
    for (const hidden of [id, ofTenant.id]) expect((await stranger.delete(`silences/${hidden}`)).status).toBe(404);
  });

  it('is told what is wrong with it', async () => {
    const ask = (body: object) => owner.post('silences', { reason: 'Later', scope: null, time: AN_HOUR, ...body });
    const past = { kind: 'once', from: '2020-01-01T00:00:00.000Z', until: '2020-01-01T01:00:00.000Z' };
    const { status, body } = await ask({ time: past });
    expect({ status, issues: body.params.issues }).toMatchObject({ status: 400, issues: [{ path: 'time.until' }] });
    expect((await ask({ reason: ' ' })).status).toBe(400);
    const weekly = { kind: 'weekly', days: [1], at: '03:00', minutes: 60, timeZone: 'Europe/Berlin' };
    for (const wrong of [
      { timeZone: 'Mars/Olympus' },
      { at: '24:00' },
      { days: [] },
      { days: [1, 1] },
      { minutes: 1441 },
    ])
      expect((await ask({ time: { ...weekly, ...wrong } })).status).toBe(400);
  });

  it('leaves its mark in the trail', async () => {
    const { id } = await silenced(maker, { scope: onWeb() });
    await maker.delete(`silences/${id}`);
    const { body } = await owner.get(`audit?target=${id}`);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(['silences.delete', 'silences.create']);
  });
});
