import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import { AppError } from '../../src/kernel/errors.js';
import { until } from '../until.js';
import { CrashScene, MIB } from './crash-scene.js';
import { type Faults, MOMENTS } from './mortal-core.js';
import {
  binning,
  changing,
  deleting,
  deploying,
  forgetting,
  restoring,
  type Undertaking,
  updating,
} from './undertakings.js';

const DEEP = process.env['BAILIWICK_TEST_DEEP'] !== undefined;
const TIME_MS = 60_000;
const scene = new CrashScene();
beforeAll(() => scene.start(), TIME_MS);
afterEach(() => scene.assertInOrder());
afterAll(() => scene.core.end());

const pointsOf = (steps: readonly string[]): string[] =>
  steps.flatMap((step) => MOMENTS.map((moment) => `${step}:${moment}`));
const around = (steps: readonly string[]): string[] => [
  'accept:before',
  'accept:after-result',
  ...pointsOf(steps),
  'finish:after-result',
];
const undoing = (steps: readonly string[]): string[] => pointsOf(steps.map((step) => `undo-${step}`));

/** Refused by the engine for good, once, at its first call of that name. */
const refusing = (name: string) => {
  let spent = false;
  return (call: string, _: number, when: 'before' | 'after') => {
    if (call !== name || when !== 'before' || spent) return undefined;
    spent = true;
    return new AppError('engine_refused', 500, 'The engine refused.');
  };
};

interface Told {
  /** The engine's call that is refused, so that there is something to undo. */
  readonly refuse?: string;
}

/** `rename 2`: the second time the engine is asked for that, once it is done and before it is answered. */
function cutAt(point: string): Faults {
  const [call, nth] = point.split(' ');
  if (nth === undefined) return { onPoint: (reached) => reached === point };
  let count = 0;
  return { onCut: (asked, _, when) => asked === call && when === 'after' && (count += 1) === Number(nth) };
}

/** Dies at that point, and in the deep run at the same again; the client asks again with its key. */
async function dieAt(point: string, undertaking: Undertaking, { refuse }: Told = {}): Promise<Operation> {
  const onCall = refuse === undefined ? undefined : refusing(refuse);
  scene.core.arm({ ...cutAt(point), ...(onCall ? { onCall } : {}) });
  undertaking.ask().catch(() => undefined); // it may die before it answers
  await until(() => scene.core.isDead, { within: 10_000, what: `The power cut at ${point}` });
  if (DEEP) await scene.restart(cutAt(point));
  if (DEEP) await until(() => scene.core.isDead, { within: 300 }).catch(() => undefined); // most are not come to again
  await scene.restart();
  const id = await undertaking.find();
  if (id === null) throw new Error(`To ${undertaking.what} was not accepted.`);
  const operation = await scene.ended(id);
  expect(await undertaking.find()).toBe(id);
  await undertaking.verify(operation);
  return operation;
}

const onlyOne = async ({ id, name, target }: Operation): Promise<void> => {
  const { body } = await scene.ask('GET', `/operations?container=${target.containerId}`);
  expect(body.items.filter((one: Operation) => one.name === name).map((one: Operation) => one.id)).toEqual([id]);
};

describe('a core that dies while it deploys', () => {
  it.each(around(['validate', 'pull', 'network', 'volumes', 'create', 'start', 'healthy']))(
    'at %s goes on and makes exactly one container',
    async (point) => {
      const operation = await dieAt(point, deploying(scene, 'web'));
      expect(operation.state).toBe('done');
      await onlyOne(operation);
    },
    TIME_MS,
  );

  it.each(undoing(['volumes', 'create']))(
    'at %s goes on until nothing is left',
    async (point) => {
      const operation = await dieAt(point, deploying(scene, 'crash'));
      expect(operation).toMatchObject({ state: 'failed', failedStep: 'healthy', error: { code: 'start_failed' } });
    },
    TIME_MS,
  );
});

describe('a core that dies while it makes a container anew', () => {
  const change = { image: 'busybox:next', memoryBytes: 64 * MIB, mode: 'second', ports: [80, 81] };

  const steps = around(['pull', 'create', 'stop', 'start', 'healthy', 'swap', 'remove']);
  it.each([...steps, 'create 1', 'joinNetwork 1', 'stop 1', 'start 1', 'rename 1', 'rename 2', 'remove 1'])(
    'at %s goes on: it is wholly the new one, with the id, the data, the networks and the rights of the old one',
    async (point) => {
      const operation = await dieAt(point, await changing(scene, await scene.build(), change));
      expect(operation).toMatchObject({ name: 'containers.recreate', state: 'done' });
      await onlyOne(operation);
    },
    TIME_MS,
  );

  it.each(around(['pull', 'create', 'swap', 'remove']))(
    'at %s goes on with one that was not running',
    async (point) => {
      const house = await scene.build({ running: false });
      expect(await dieAt(point, await changing(scene, house, { mode: 'second' }))).toMatchObject({ state: 'done' });
    },
    TIME_MS,
  );

  it.each(undoing(['start', 'stop', 'create']))(
    'at %s goes on until the old one runs as it was',
    async (point) => {
      const undertaking = await changing(scene, await scene.build(), { ...change, crash: true });
      expect(await dieAt(point, undertaking)).toMatchObject({ state: 'failed', failedStep: 'healthy' });
    },
    TIME_MS,
  );

  it.each([...undoing(['swap', 'start', 'stop', 'create']), 'rename 3', 'rename 4', 'kill 1', 'start 2', 'remove 1'])(
    'at %s, after the names were swapped, goes on until the old one runs as it was',
    async (point) => {
      const undertaking = await changing(scene, await scene.build(), change);
      const operation = await dieAt(point, undertaking, { refuse: 'remove' });
      expect(operation).toMatchObject({ state: 'failed', failedStep: 'remove' });
    },
    TIME_MS,
  );
});

describe('a core that dies while it changes limits of what runs', () => {
  it.each(around(['update']))(
    'at %s goes on, and the container runs on',
    async (point) => {
      const operation = await dieAt(point, await updating(scene, await scene.build(), 64));
      expect(operation).toMatchObject({ name: 'containers.update', state: 'done' });
      await onlyOne(operation);
    },
    TIME_MS,
  );

  it.each(undoing(['update']))(
    'at %s goes on until the limits are what they were',
    async (point) => {
      const operation = await dieAt(point, await updating(scene, await scene.build(), 64), { refuse: 'update' });
      expect(operation).toMatchObject({ state: 'failed', failedStep: 'update' });
    },
    TIME_MS,
  );
});

describe('a core that dies while it deletes a container', () => {
  it.each(around(['remove']))(
    'at %s goes on until it is gone, and its data is kept',
    async (point) => {
      const operation = await dieAt(point, await deleting(scene, await scene.build(), false));
      expect(operation.state).toBe('done');
    },
    TIME_MS,
  );

  it.each(around(['remove', 'data']))(
    'at %s goes on until it is gone with its data',
    async (point) => {
      const operation = await dieAt(point, await deleting(scene, await scene.build(), true));
      expect(operation.state).toBe('done');
    },
    TIME_MS,
  );
});

/** One that was deleted, and how it was. */
async function binned(withData: boolean) {
  const house = await scene.build();
  const old = await scene.look(house);
  await binning(scene, house, withData);
  return { house, old };
}

describe('a core that dies while it brings a container back from the bin', () => {
  const steps = ['pull', 'volumes', 'create', 'start', 'healthy'];

  it.each([...around(steps), 'create 1', 'start 1'])(
    'at %s goes on: it is the one it was, once, with its id, its port, its data and who may see it',
    async (point) => {
      const { house, old } = await binned(false);
      const operation = await dieAt(point, restoring(scene, house, old));
      expect(operation).toMatchObject({ name: 'containers.restore', state: 'done' });
      await onlyOne(operation);
    },
    TIME_MS,
  );

  it.each([...around(['volumes', 'create']), 'ensureVolume 1'])(
    'at %s goes on with one whose data was deleted: its volume is made anew, once',
    async (point) => {
      const { house, old } = await binned(true);
      expect(await dieAt(point, restoring(scene, house, old))).toMatchObject({ state: 'done' });
    },
    TIME_MS,
  );

  it.each(
    [...undoing(['create', 'volumes']), 'remove 1'].flatMap((point) => [
      [point, 'kept'],
      [point, 'deleted'],
    ]),
  )(
    'at %s goes on until it lies in the bin again, and its data is %s as before',
    async (point, data) => {
      const { house, old } = await binned(data === 'deleted');
      const operation = await dieAt(point, restoring(scene, house, old), { refuse: 'start' });
      expect(operation).toMatchObject({ state: 'failed', failedStep: 'start' });
    },
    TIME_MS,
  );
});

describe('a core that dies while it forgets what lies in the bin', () => {
  const WRITES = [1, 2, 3].flatMap((nth) => (['before', 'after'] as const).map((when) => [when, nth] as const));

  it.each(WRITES)(
    '%s write %i has forgotten all of it or nothing, and does it when it is asked again; the kept data stays',
    async (when, nth) => {
      const { house } = await binned(false);
      const undertaking = forgetting(scene, house);
      scene.core.arm({ onWrite: (count, moment) => count === nth && moment === when });
      undertaking.ask().catch(() => undefined); // it may die before it answers
      await until(() => scene.core.isDead, { within: 10_000, what: `The power cut ${when} write ${nth}` });
      await scene.restart();
      await undertaking.askAgain();
      await undertaking.verify();
    },
    TIME_MS,
  );
});
