import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fakeEngine, localEnvironment } from '../../../test/fake-engine.js';
import { startMirrors, type TestMirrors } from '../../../test/mirrors.js';
import { until } from '../../../test/until.js';
import { Events } from '../../kernel/events.js';
import { ContainerRowsService } from './container-rows.service.js';
import type { FakeEngine } from './fake.engine.js';

describe('mirrors', () => {
  let test: TestMirrors;
  let engine: FakeEngine;
  let rows: ContainerRowsService;

  beforeEach(async () => {
    test = await startMirrors();
    engine = fakeEngine(test);
    rows = test.app.get(ContainerRowsService);
  });
  afterEach(() => test.close());

  it('see what somebody else starts, as a stranger nobody owns', async () => {
    engine.put({ name: 'stranger' });
    await until(() => test.named('stranger')?.state === 'running');
    expect(test.named('stranger')).toMatchObject({ managed: false, ownerId: null });
  });

  it('name a container once: a new one under an old name is another', async () => {
    const first = engine.put({ name: 'web' });
    await until(() => test.named('web'));
    const before = test.named('web');
    await engine.remove(first, { force: true });
    engine.put({ name: 'web' });
    await until(() => test.named('web') && test.named('web')?.engineId !== first);
    expect(test.named('web')?.id).not.toBe(before?.id);
    expect(test.mirrors.containers()).toHaveLength(1);
    expect(before && (await rows.find(before.id))?.removedAt).not.toBeNull();
  });

  it('announce a change once, and nothing when nothing visible changed', async () => {
    const engineId = engine.put({ name: 'web' });
    await until(() => test.named('web')?.state === 'running');
    const { version } = test.mirrors;
    const seen = test.changes.length;
    await test.mirrors.refresh(localEnvironment(test), engineId);
    await test.mirrors.refresh(localEnvironment(test), engineId);
    expect(test.mirrors.version).toBe(version);
    expect(test.changes).toHaveLength(seen);
    await engine.pause(engineId);
    await until(() => test.named('web')?.state === 'paused');
    expect(test.mirrors.version).toBe(version + 1);
  });

  it('hand out the same list until something changes', async () => {
    engine.put({ name: 'web' });
    await until(() => test.named('web'));
    expect(test.mirrors.containers()).toBe(test.mirrors.containers());
  });

  it('follow a rename and remember the new name', async () => {
    const engineId = engine.put({ name: 'old' });
    await until(() => test.named('old'));
    await engine.rename(engineId, 'new');
    await until(() => test.named('new'));
    const seen = test.named('new');
    expect(seen && (await rows.find(seen.id))?.name).toBe('new');
  });

  it('catch up with a resync when events are lost', async () => {
    await test.close();
    test = await startMirrors({ env: { BAILIWICK_RESYNC_MS: '100' } });
    engine = fakeEngine(test);
    engine.breakEvents('lost');
    const engineId = engine.put({ name: 'quiet' });
    await until(() => test.named('quiet')?.state === 'running');
    await engine.remove(engineId, { force: true });
    await until(() => test.mirrors.containers().length === 0);
  });

  it('take events twice as once', async () => {
    engine.breakEvents('twice');
    engine.put({ name: 'web' });
    await until(() => test.named('web')?.state === 'running');
    expect(test.changes.filter(({ type }) => type === 'remove')).toHaveLength(0);
    expect(test.mirrors.containers()).toHaveLength(1);
  });

  describe('of what the engine says', () => {
    const told: Array<{ name: string; action: string }> = [];
    const listen = () => {
      told.length = 0;
      test.app.get(Events).on('engine.announced', ({ container, event }) => told.push({ name: container.name, action: event.action })); // prettier-ignore
    };
    const actions = () => told.map(({ action }) => action);

    it('tell it of each container in order, from the first thing on and with the last', async () => {
      listen();
      const engineId = engine.put({ name: 'web' });
      await engine.remove(engineId, { force: true });
      const other = engine.put({ name: 'other' });
      await engine.pause(other);
      await engine.unpause(other);
      await until(() => actions().includes('unpause'));
      expect(told.filter(({ name }) => name === 'other').map(({ action }) => action)).toEqual([
        'create',
        'start',
        'pause',
        'unpause',
      ]);
      const first = told.filter(({ name }) => name === 'web').map(({ action }) => action);
      // What came and went before anybody could ask whose it is, nobody is told of: then not even its beginning.
      expect([[], ['create', 'start', 'kill', 'die', 'destroy']]).toContainEqual(first);
    });

    it('tell that a known one is gone by the name it had', async () => {
      const engineId = engine.put({ name: 'web' });
      await until(() => test.named('web')?.state === 'running');
      listen();
      await engine.remove(engineId, { force: true });
      await until(() => actions().includes('destroy'));
      expect(told.at(-1)).toEqual({ name: 'web', action: 'destroy' });
    });

    it('tell once what is said twice', async () => {
      engine.breakEvents('twice');
      listen();
      const engineId = engine.put({ name: 'web' });
      await engine.pause(engineId);
      await until(() => actions().includes('pause'));
      expect(actions()).toEqual(['create', 'start', 'pause']);
    });

    it('tell a new name, and nothing where the name is the same to everybody', async () => {
      const engineId = engine.put({ name: 'old' });
      await until(() => test.named('old')?.state === 'running');
      listen();
      await engine.rename(engineId, 'new');
      await engine.pause(engineId);
      await until(() => actions().includes('pause'));
      expect(told).toEqual([
        { name: 'new', action: 'rename' },
        { name: 'new', action: 'pause' },
      ]);
    });
  });

  describe('of an engine that is lost', () => {
    const state = () => test.environments.state(localEnvironment(test));

    it('keep the last known picture, say why and since when, and find the truth again', async () => {
      engine.put({ name: 'web' });
      await until(() => test.named('web')?.state === 'running');
      const synced = state().syncedAtMs;
      engine.goOffline();
      await until(() => state().state === 'offline');
      expect(state()).toMatchObject({ reason: { code: 'engine_down' }, syncedAtMs: synced });
      expect(test.named('web')).toBeDefined();
      const attempt = () => test.environments.assertOnline(localEnvironment(test));
      expect(attempt).toThrow(expect.objectContaining({ code: 'engine_unavailable', status: 503 }));

      engine.put({ name: 'meanwhile' });
      engine.goOnline();
      await until(() => test.named('meanwhile'), { within: 10_000 });
      expect(state()).toMatchObject({ state: 'online', reason: null });
    });

    it('notice one that takes connections and says nothing', async () => {
      engine.hang();
      await until(() => state().state === 'offline', { within: 12_000 });
      expect(state().reason?.code).toBe('engine_hangs');
      engine.goOnline();
      await until(() => state().state === 'online', { within: 10_000 });
    }, 30_000);

    it('raise the version, because a list shows it', async () => {
      const { version } = test.mirrors;
      engine.goOffline();
      await until(() => state().state === 'offline');
      expect(test.mirrors.version).toBeGreaterThan(version);
    });
  });
});
