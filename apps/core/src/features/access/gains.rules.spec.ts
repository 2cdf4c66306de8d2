import { describe, expect, it } from '@jest/globals';
import { TENANT_CAPABILITIES } from '@bailiwick/contract';
import { type Asked, anAsk } from '../../../test/access/delegation.js';
import { Dice } from '../../../test/access/dice.js';
import { plan } from '../../../test/access/planning.js';
import { slowly } from '../../../test/access/reference.js';
import { aWorld, HANDED_ON, NOW, toActor, toState, type World } from '../../../test/access/world.js';
import type { Target } from '../../foundation/access/access.rules.js';
import { type AccessWrites, afterWrites } from '../../foundation/access/access-state.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import type { AccessState } from '../../foundation/access/standing.js';
import { isAppError } from '../../kernel/errors.js';
import { ended, firstBeyond, lastingly, settled, unchanged } from './gains.rules.js';

const PAIRS = 100_000;
const SEED = 70_000_000;
const GRANTS = 10;
const ASKED = HANDED_ON.filter((capability) => TENANT_CAPABILITIES.includes(capability));

describe('a change that is let through, beside the slow model of who may what', () => {
  it(`lets nobody do what its maker does not hold, and its maker nothing new at any time, in ${PAIRS} random pairs`, () => {
    const counted = { made: 0, beyond: 0 };
    for (let seed = SEED; seed < SEED + PAIRS; seed++) {
      const asked = anAsk(new Dice(seed + PAIRS), aWorld(seed, GRANTS));
      const writes = writesOf(asked);
      if (!writes || isStaff(asked)) continue;
      if (isRefused(asked, writes)) {
        counted.beyond += 1;
        continue;
      }
      counted.made += 1;
      const wrong = wrongIn(asked, writes);
      if (wrong !== undefined) expect({ seed, wrong, change: asked.change }).toEqual({ seed });
    }
    // Nothing was proved about what never happened.
    expect(counted.made).toBeGreaterThan(PAIRS / 100);
    expect(counted.beyond).toBeGreaterThan(PAIRS / 2000);
  }, 180_000);
});

const isStaff = ({ visit: { person } }: Asked) => ['owner', 'administrator'].includes(person.platformRole);

/** What it would write, where the rules about the change itself let it through. */
function writesOf(asked: Asked): AccessWrites | undefined {
  try {
    return plan(asked).writes;
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** The thing itself, and what it holds. */
const thingsOf = ({ world, target, thing }: Asked): Target[] => [
  thing,
  ...world.things.filter(
    (each) =>
      each.id !== thing.id &&
      each.tenantId === thing.tenantId &&
      [each.stack, each.projectId, each.tenantId].some((holder) => holder === target.id),
  ),
];

/** As the service asks: with what is given now, and without what ends. */
function isRefused(asked: Asked, writes: AccessWrites): boolean {
  const before = toState(asked.world);
  const things = thingsOf(asked).map((on) => unchanged('thing', on));
  const beyond = (actor: Actor, was: AccessState, is: AccessState) =>
    firstBeyond(
      actor,
      asked.world.people.map((person) => {
        const free = { person: { ...person, active: true, twoFactorMissing: false }, token: null, viewed: false };
        return { was: toActor(was, free), is: toActor(is, free) };
      }),
      things,
    ) !== undefined;
  const left = settled(before, writes, NOW);
  const lasting = toActor(lastingly(before), asked.visit);
  return (
    beyond(toActor(before, asked.visit), before, afterWrites(before, writes)) ||
    [lastingly, ended].some((then) => beyond(lasting, then(before), then(left)))
  );
}

/** What the slow model finds: somebody may do more than before who was not given it by who holds it. */
function wrongIn(asked: Asked, writes: AccessWrites): string | undefined {
  const { world, visit } = asked;
  const after = worldAfter(world, writes);
  const byThen = withoutEnding(worldAfter(world, withoutGiving(world, writes)));
  const own = { person: visit.person, token: null, viewed: false };
  for (const thing of thingsOf(asked))
    for (const capability of ASKED) {
      const may = (where: World, who: typeof own) => slowly(where, { ...who, capability, thing }).allowed;
      for (const person of world.people) {
        if (person.userId === visit.person.userId) continue;
        const them = { person: { ...person, active: true, twoFactorMissing: false }, token: null, viewed: false };
        if (may(after, them) && !may(world, them) && !slowly(world, { ...visit, capability, thing }).allowed)
          return `${person.userId} ${capability} ${thing.id}`;
      }
      if (may(after, own) && !may(world, own)) return `self ${capability} ${thing.id}`;
      if (may(byThen, own) && !may(withoutEnding(world), own)) return `self, later, ${capability} ${thing.id}`;
    }
  return undefined;
}

function worldAfter(world: World, writes: AccessWrites): World {
  const state = afterWrites(toState(world), writes);
  return {
    ...world,
    grants: [...state.grants.values()],
    exceptions: [...state.exceptions].flatMap(([containerId, ofContainer]) =>
      [...ofContainer].map(([role, { allow, deny }]) => ({ containerId, role, allow, deny })),
    ),
  };
}

/** What is left of a change when its maker may no longer give what it gives. */
const withoutGiving = (world: World, writes: AccessWrites): AccessWrites => ({
  ...writes,
  putGrants: (writes.putGrants ?? []).map((grant) => ({
    ...grant,
    role: 'gone',
    allow: new Set(),
    lent: world.grants.find(({ id }) => id === grant.id)?.lent ?? [],
  })),
  putExceptions: (writes.putExceptions ?? []).map(([id, role, known]) => [id, role, { ...known, allow: new Set() }]),
});

/** When all that ends by itself has ended. */
const withoutEnding = (world: World): World => ({
  ...world,
  grants: world.grants.filter(({ expiresAtMs }) => expiresAtMs === null).map((grant) => ({ ...grant, lent: [] })),
});
