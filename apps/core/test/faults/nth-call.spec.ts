import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { engineTimeout, engineUnavailable, storageFull } from '../../src/foundation/environments/engine-errors.js';
import { EnvironmentsService } from '../../src/foundation/environments/environments.service.js';
import type { FakeEngine } from '../../src/foundation/environments/fake.engine.js';
import { AppError, conflict } from '../../src/kernel/errors.js';
import { startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine } from '../fake-engine.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { FailingEngine } from './failing-engine.js';

const MOST_CALLS = 40;
const ERRORS: Array<[string, () => Error]> = [
  ['a lost connection', () => engineUnavailable('connection_lost', 'The connection was lost.')],
  ['no answer in time', () => engineTimeout('call', 1)],
  ['a conflict', () => conflict('conflict', 'Conflict.')],
  ['an error of the engine', () => new AppError('engine_refused', 500, 'The engine refused.')],
  ['a full disk', () => storageFull('no space left on device')],
  ['something nobody thought of', () => new Error('EIO')],
];

let app: TestApp;
let owner: SignedInPerson;
let fake: FakeEngine;
let failing: FailingEngine;
let number = 0;

beforeAll(async () => {
  app = await startApp({
    env: {
      BAILIWICK_DEPLOY_STABLE_MS: '0',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '10',
      BAILIWICK_PRESETS_DIR: presetsFolder({
        web: {
          config: {
            image: 'fetched:1',
            ports: [{ containerPort: 80, label: 'Web' }],
            volumes: [{ name: 'data', target: '/data' }],
          },
        },
        crash: {
          config: { command: ['sh', '-c', 'exit 3'], volumes: [{ name: 'data', target: '/data' }] },
        },
      }),
    },
  });
  owner = await signIn(app);
  fake = fakeEngine(app);
  failing = new FailingEngine(fake);
  Object.assign(app.app.get(EnvironmentsService), { engineOf: () => failing.engine });
});
afterAll(() => app?.close());

/** Fails the first call, the second, … until a run meets no failure any more. */
async function failEach(when: 'before' | 'after', error: () => Error, run: () => Promise<void>): Promise<number> {
  for (let nth = 1; nth <= MOST_CALLS; nth += 1) {
    failing.arm(nth, when, error());
    await run();
    const { failed } = failing;
    failing.arm(0, when, error());
    await checkInvariants(app);
    if (failed === null) return nth - 1;
  }
  throw new Error('This never ends: every run makes more calls.');
}

async function deploy(preset: string) {
  const name = `nth-${++number}`;
  if (preset === 'web') fake.images.delete('fetched:1');
  const { body } = await call(app, owner, 'POST', '/deployments', { body: aDeploy({ preset, name }) });
  const operation = await finished(app, owner, body.operation.id);
  const there = (await fake.list()).filter((container) => container.name === name);
  const volumes = [...fake.volumes.values()].filter(({ labels }) => labels['bailiwick.op'] === operation.id);
  expect({ state: operation.state, containers: there.length, volumes: volumes.length }).toEqual(
    operation.state === 'done'
      ? { state: 'done', containers: 1, volumes: 1 }
      : { state: 'failed', containers: 0, volumes: 0 },
  );
  if (operation.state === 'failed') expect(operation.error?.params ?? {}).not.toHaveProperty('leftBehind');
  return operation;
}

/** Every kind in the deep run; otherwise one that is waited out, one that is final and one nobody expects. */
const TRIED = process.env['BAILIWICK_TEST_DEEP'] ? ERRORS : ERRORS.filter((_, index) => [0, 2, 5].includes(index));

describe.each(TRIED)('%s', (_, error) => {
  it.each(['before', 'after'] as const)(
    '%s the effect of any call of a deploy leaves it done or undone',
    async (when) => {
      expect(await failEach(when, error, async () => void (await deploy('web')))).toBeGreaterThanOrEqual(9);
    },
    60_000,
  );

  it.each(['before', 'after'] as const)(
    '%s the effect of any call of a deploy that is taken back leaves nothing',
    async (when) => {
      const calls = await failEach(when, error, async () => expect((await deploy('crash')).state).toBe('failed'));
      expect(calls).toBeGreaterThanOrEqual(9);
    },
    60_000,
  );
});

describe('a passing outage', () => {
  it('at any call of a deploy is waited out', async () => {
    const [, outage] = ERRORS[0] ?? [];
    if (!outage) throw new Error('There is no outage to try.');
    await failEach('before', outage, async () => expect((await deploy('web')).state).toBe('done'));
    await failEach('after', outage, async () => expect((await deploy('web')).state).toBe('done'));
  }, 60_000);
});
