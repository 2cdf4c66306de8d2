import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../test/app.js';
import { fakeEngine, localEnvironment } from '../../../test/fake-engine.js';
import { startMirrors, type TestMirrors } from '../../../test/mirrors.js';
import { aNetwork, aSpec } from '../../../test/factories/spec.js';
import { until } from '../../../test/until.js';
import { newId } from '../../kernel/ids.js';
import { ContainerLabels } from './container-labels.js';
import { ContainerRowsService, type Reservation } from './container-rows.service.js';
import { FakeEngine } from './fake.engine.js';

const reservation = (test: TestMirrors, tenantId: Reservation['tenantId']): Reservation => ({
  id: newId('ct'),
  tenantId,
  environmentId: localEnvironment(test),
  name: 'web',
  managed: true,
  ownerId: 'usr_aaaaaaaaaaaaaaaa',
  ownerName: 'Ada',
  preset: 'nginx-static',
  configuration: { preset: 'nginx-static' },
});

describe('the rows of containers', () => {
  let test: TestMirrors;
  let engine: FakeEngine;
  let rows: ContainerRowsService;

  beforeEach(async () => {
    test = await startMirrors();
    engine = fakeEngine(test);
    rows = test.app.get(ContainerRowsService);
  });
  afterEach(() => test.close());

  it('give a deployed container the id that was reserved for it', async () => {
    const stranger = await aStranger(test, engine);
    const reserved = reservation(test, stranger.tenantId);
    await rows.reserve(reserved);
    await engine.ensureNetwork(aNetwork('bw_test'));
    const engineId = await engine.create(aSpec({ name: 'web' }));
    await rows.attach(reserved.id, engineId);
    await until(() => test.mirrors.container(reserved.id));
    expect(test.mirrors.container(reserved.id)).toMatchObject({ engineId, managed: true, ownerName: 'Ada' });
    expect(test.mirrors.containers().filter(({ name }) => name === 'web')).toHaveLength(1);
  });

  it('keep the panel id when the panel recreates a container', async () => {
    const stranger = await aStranger(test, engine);
    const reserved = reservation(test, stranger.tenantId);
    await rows.reserve(reserved);
    const first = engine.put({ name: 'web' });
    await rows.attach(reserved.id, first);
    await until(() => test.mirrors.container(reserved.id)?.engineId === first);
    await engine.remove(first, { force: true });
    const second = engine.put({ name: 'web' });
    await rows.attach(reserved.id, second);
    await until(() => test.mirrors.container(reserved.id)?.engineId === second);
    expect((await rows.find(reserved.id))?.removedAt).toBeNull();
  });

  it('recognise a container of ours whose create answer was lost, by its signature', async () => {
    const stranger = await aStranger(test, engine);
    const reserved = reservation(test, stranger.tenantId);
    await rows.reserve(reserved);
    const labels = test.app
      .get(ContainerLabels)
      .of({ ...reserved, containerId: reserved.id, operationId: newId('op') });
    engine.put({ name: 'web', labels });
    await until(() => test.mirrors.container(reserved.id)?.state === 'running');
  });

  it('take copied or invented labels for nothing', async () => {
    const stranger = await aStranger(test, engine);
    const reserved = reservation(test, stranger.tenantId);
    await rows.reserve(reserved);
    const genuine = test.app
      .get(ContainerLabels)
      .of({ ...reserved, containerId: reserved.id, operationId: newId('op') });
    engine.put({ name: 'forged', labels: { ...genuine, 'bailiwick.sig': 'x'.repeat(43) } });
    engine.put({ name: 'bare', labels: { 'bailiwick.id': reserved.id } });
    engine.put({ name: 'elsewhere', labels: { ...genuine, 'bailiwick.op': newId('op') } });
    await until(() => test.named('forged') && test.named('bare') && test.named('elsewhere'));
    expect(test.mirrors.container(reserved.id)).toBeUndefined();

    engine.put({ name: 'web', labels: genuine });
    await until(() => test.mirrors.container(reserved.id));
    engine.put({ name: 'copy', labels: genuine });
    await until(() => test.named('copy'));
    expect(test.named('copy')).toMatchObject({ managed: false });
    expect(test.mirrors.container(reserved.id)?.name).toBe('web');
  });
});

/** Any container the mirror met; it shows the tenant that strangers belong to. */
async function aStranger(test: TestMirrors, engine: FakeEngine) {
  engine.put({ name: 'stranger' });
  await until(() => test.named('stranger'));
  const stranger = test.named('stranger');
  if (!stranger) throw new Error('The stranger was not seen.');
  return stranger;
}

describe('a restart of the core', () => {
  it('keeps every id, and notices what went while it was away', async () => {
    const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
    const clock = new ManualClock();
    const engine = new FakeEngine(clock);
    engine.put({ name: 'stays' });
    engine.put({ name: 'goes' });
    const first = await startMirrors({ storageDir, clock, engine });
    await until(() => first.named('stays') && first.named('goes'));
    const before = first.named('stays');
    const gone = first.named('goes');
    await first.close();

    const goes = await engine.findByName('goes');
    await engine.remove(goes?.engineId ?? '', { force: true });
    const second = await startMirrors({ storageDir, clock, engine });
    await until(() => second.named('stays'));
    expect(second.named('stays')?.id).toBe(before?.id);
    await until(async () => gone && (await second.app.get(ContainerRowsService).find(gone.id))?.removedAt);
    await second.close();
    rmSync(storageDir, { recursive: true });
  });
});
