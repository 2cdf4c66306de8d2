import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TestApp, startApp } from '../../../test/app.js';
import { fakeEngine, localEnvironment, seenOnEngine } from '../../../test/fake-engine.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { ContainerLabels } from './container-labels.js';
import { ContainerRowsService } from './container-rows.service.js';
import { MirrorsService } from './mirrors.service.js';
import type { ContainerChange, SeenContainer } from './seen-container.js';

describe('mirrors', () => {
  let test: TestApp;
  let mirrors: MirrorsService;
  let changes: ContainerChange[];

  beforeEach(async () => {
    test = await startApp();
    mirrors = test.app.get(MirrorsService);
    changes = [];
    test.app.get(Events).on('container.changed', (change) => changes.push(change));
    await mirrors.ready();
  });
  afterEach(() => test.close());

  const named = (name: string): SeenContainer | undefined => mirrors.containers().find((one) => one.name === name);
  const until = (condition: () => unknown) => waitFor(condition);

  it('see what somebody else starts, without being asked', async () => {
    fakeEngine(test).put({ name: 'stranger' });
    await until(() => named('stranger')?.state === 'running');
    expect(named('stranger')).toMatchObject({ managed: false, ownerId: null });
  });
});

/** Looks again until it holds; the deadline is the failure. */
async function waitFor(condition: () => unknown, timeoutMs = 5000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('It did not come true in time.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
