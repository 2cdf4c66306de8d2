import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import { engineTimeout, engineUnavailable } from '../../src/foundation/environments/engine-errors.js';
import { AppError, conflict } from '../../src/kernel/errors.js';
import { Dice } from '../access/dice.js';
import { until } from '../until.js';
import { CrashScene, type House, MIB } from './crash-scene.js';
import type { Faults } from './mortal-core.js';
import { binning, changing, deleting, deploying, restoring, type Undertaking } from './undertakings.js';

/** Of which each is one thing asked for, with faults, a cancel and a power cut thrown at it. */
const PER_RUN = 10;
const SCHEDULES = process.env['BAILIWICK_TEST_DEEP'] ? 5000 : 120;
/** Runs that once found something; they are played again each time. */
const FOUND_SOMETHING: readonly number[] = [507, 526, 552, 558];
const FIRST_SEED = 1;
const ASKED = process.env['BAILIWICK_TEST_SEED'];
const SEEDS = ASKED
  ? [Number(ASKED)]
  : [...FOUND_SOMETHING, ...Array.from({ length: SCHEDULES / PER_RUN }, (_, index) => FIRST_SEED + index)];
const RUN_MS = 120_000;

const ERRORS: ReadonlyArray<() => Error> = [
  () => engineUnavailable('connection_lost', 'The connection was reset.'),
  () => engineTimeout('call', 1),
  () => conflict('conflict', 'Conflict.'),
  () => new AppError('engine_refused', 500, 'The engine refused.'),
];
/** About as many as the ten of a run come to, so that any of them may be the one. */
const CALLS = 120;
const POINTS = 150;

const scene = new CrashScene();
let houses: House[] = [];
beforeAll(() => scene.start(), RUN_MS);
afterAll(() => scene.core.end());

/** Of ten undertakings each is about a container of its own: what one comes to does not hang on another. */
async function plan(dice: Dice, kinds: number): Promise<Undertaking[]> {
  while (houses.length < PER_RUN) houses.push(await scene.build({ running: !dice.oneIn(5) }));
  const undertakings: Undertaking[] = [];
  for (const house of houses) undertakings.push(await oneOf(dice, house, kinds));
  return undertakings;
}

async function oneOf(dice: Dice, house: House, kinds: number): Promise<Undertaking> {
  const kind = dice.below(kinds);
  if (kind < 2) return deploying(scene, dice.oneIn(3) ? 'crash' : 'web');
  if (kind === 2) return deleting(scene, house, dice.oneIn(2));
  const now = await scene.look(house);
  if (kind === 10) {
    await binning(scene, house, dice.oneIn(2));
    return restoring(scene, house, now);
  }
  const memoryBytes = now.memoryBytes === 64 * MIB ? 48 * MIB : 64 * MIB;
  if (kind < 5) return changing(scene, house, { memoryBytes });
  return changing(scene, house, {
    mode: `mode-${dice.below(1_000_000)}`,
    ...(dice.oneIn(2) ? { memoryBytes } : {}),
    ...(dice.oneIn(2) ? { image: now.image === 'busybox:next' ? 'busybox:local' : 'busybox:next' } : {}),
    ...(dice.oneIn(2) ? { ports: now.containerPorts.length > 1 ? [80] : [80, 81] } : {}),
    // What does not run is made anew without being started, so nothing is found out.
    crash: house.running && dice.oneIn(4),
  });
}

/** Some calls of the engine go wrong, before their effect or after it; at most points nothing happens. */
function throwFaults(dice: Dice, cutAt: number, onPoint: (nth: number) => void = () => undefined): Faults {
  const wrong = new Map<string, () => Error>();
  for (let count = dice.below(5); count > 0; count -= 1)
    wrong.set(`${1 + dice.below(CALLS)} ${dice.from(['before', 'after'])}`, dice.from(ERRORS));
  const [inCall, where] = [dice.oneIn(2), dice.from(['before', 'after'])];
  return {
    onCall: (_, nth, when) => wrong.get(`${nth} ${when}`)?.(),
    onCut: (_, nth, when) => inCall && nth === cutAt && when === where,
    onPoint: (_, nth) => {
      onPoint(nth);
      return !inCall && nth === cutAt;
    },
  };
}

/** Everything is asked for at once; then the power goes, perhaps twice, and what was asked for comes to an end. */
async function play(seed: number): Promise<Operation['state'][]> {
  const dice = new Dice(seed);
  // Those that once found something knew nothing of the bin, and are played as they were.
  const undertakings = await plan(dice, FOUND_SOMETHING.includes(seed) ? 10 : 11);
  const ids = new Map<Undertaking, string>();
  const cancels = new Set(Array.from({ length: dice.below(6) }, () => 1 + dice.below(POINTS)));
  const cancel = (nth: number) => {
    const id = cancels.has(nth) && ids.size > 0 ? dice.from([...ids.values()]) : undefined;
    // It may be over, or the power may go meanwhile.
    if (id) scene.ask('POST', `/operations/${id}/cancel`).catch(() => undefined);
  };
  scene.core.engine.slowDown(dice.below(4));
  const cutAt = 1 + dice.below(POINTS);
  scene.core.arm(throwFaults(dice, cutAt, cancel));
  const asked = undertakings.map(async (one) => {
    const { status, body } = await one.ask();
    if (status === 202) ids.set(one, body.operation.id);
  });
  await Promise.allSettled(asked); // some may never be answered
  await until(async () => scene.core.isDead || (await isQuiet()), { within: 30_000, what: 'A power cut or an end' });
  if (dice.oneIn(3)) {
    await scene.restart(throwFaults(dice, 1 + dice.below(POINTS / 3)));
    await until(async () => scene.core.isDead || (await isQuiet()), { within: 30_000, what: 'The second one' });
  }
  scene.core.engine.slowDown(0);
  await scene.restart();
  return end(undertakings);
}

async function isQuiet(): Promise<boolean> {
  const { body } = await scene.ask('GET', '/operations?state=active&limit=1');
  return body.items?.length === 0;
}

async function end(undertakings: readonly Undertaking[]): Promise<Operation['state'][]> {
  const states = await Promise.all(undertakings.map(endOf));
  await scene.assertInOrder();
  for (const one of undertakings) await one.tidy?.();
  houses = await stillStanding();
  return states.filter((state) => state !== null);
}

/** Null where it was refused, so that nothing was begun. */
async function endOf(one: Undertaking): Promise<Operation['state'] | null> {
  const id = await one.find();
  if (id === null) return null;
  const operation = await scene.ended(id);
  expect(await one.find()).toBe(id);
  try {
    await one.verify(operation);
  } catch (error) {
    throw new Error(`To ${one.what} ended ${operation.state} at ${operation.failedStep}`, { cause: error });
  }
  return operation.state;
}

async function stillStanding(): Promise<House[]> {
  const standing = await Promise.all(houses.map(async (house) => (await scene.standing(house)).length > 0));
  return houses.filter((_, index) => standing[index]);
}

describe(`${SEEDS.length * PER_RUN} things asked for, in ${SEEDS.length} runs with faults, cancels and power cuts`, () => {
  const ends = new Map<string, number>();
  afterEach(() => scene.core.arm({}));

  it.each(SEEDS)(
    'run %i: each ends done, failed or cancelled, and the engine, the rows, the ports and the volumes say the same',
    async (seed) => {
      for (const state of await play(seed)) ends.set(state, (ends.get(state) ?? 0) + 1);
    },
    RUN_MS,
  );

  it('ended in every way there is', () => {
    if (ASKED === undefined) expect([...ends.keys()].sort()).toEqual(['cancelled', 'done', 'failed']);
  });
});
