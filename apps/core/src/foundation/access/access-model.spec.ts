import { Capability, Rule, type Decision } from '@bailiwick/contract';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Dice } from '../../../test/access/dice.js';
import { slowly, type Verdict } from '../../../test/access/reference.js';
import {
  aVisit,
  aWish,
  aWorld,
  HANDED_ON,
  lessOf,
  NOW,
  someWrites,
  toActor,
  toState,
  type Visit,
  type World,
} from '../../../test/access/world.js';
import { allows, canEverHold, decide, decidingRule } from './access.rules.js';
import { afterWrites, endedBetween, holders, nextEnd, touchedBy } from './access-state.rules.js';
import type { AccessState, KnownGrant } from './standing.js';

const DEEP = process.env['BAILIWICK_TEST_DEEP'] === '1';
const WORLDS = 100_000;
const RUNS = DEEP ? 50_000 : 5000;
const QUESTIONS = 4;

/** A world is made of one number alone: a failure is repeated by it, and only the number of grants is made smaller. */
const inWorlds = (numRuns: number, holds: (world: World, dice: Dice) => void) =>
  fc.assert(
    fc.property(fc.noShrink(fc.integer()), fc.nat({ max: 16 }), (seed, grants) =>
      holds(aWorld(seed, grants), new Dice(seed + 1)),
    ),
    { numRuns },
  );

describe('the evaluator, beside a slow model of what is promised', () => {
  it(`answers the same, by the same rule and the same grants, in ${WORLDS} random worlds`, () => {
    const decided = new Map<Rule, number>(Rule.options.map((rule) => [rule, 0]));
    inWorlds(WORLDS, (world, dice) => {
      const state = toState(world);
      const visit = aVisit(dice, world);
      const actor = toActor(state, visit);
      for (let asked = 0; asked < QUESTIONS; asked++) {
        const { capability, thing } = aWish(dice, world);
        const expected = slowly(world, { ...visit, capability, thing });
        const said = decide(actor, capability, thing);
        const isSame =
          allows(actor, capability, thing) === expected.allowed &&
          decidingRule(actor, capability, thing) === expected.rule &&
          isSaying(said, expected);
        // Only then: an expectation costs more than the question.
        if (!isSame) expect({ visit, thing, ...said }).toEqual({ visit, thing, ...toDecision(capability, expected) });
        decided.set(expected.rule, (decided.get(expected.rule) ?? 0) + 1);
      }
    });
    // Nothing was proved about a rule that never had to decide.
    const seldom = [...decided].filter(([, times]) => times < WORLDS / 200);
    expect(seldom).toEqual([]);
  }, 180_000);

  it('lists every rule in order in its trace, exactly one of which wins: the first that says anything', () => {
    inWorlds(RUNS, (world, dice) => {
      const actor = toActor(toState(world), aVisit(dice, world));
      const { capability, thing } = aWish(dice, world);
      const { allowed, decidedBy, trace } = decide(actor, capability, thing);
      const first = trace.find(({ effect }) => effect !== 'none');
      expect(trace.map(({ rule }) => rule)).toEqual(Rule.options);
      expect(trace.filter(({ wins }) => wins)).toEqual([first]);
      expect(first).toMatchObject({ rule: decidedBy, effect: allowed ? 'allow' : 'deny' });
    });
  });

  it('answers every question about everything, and never throws', () => {
    inWorlds(RUNS / 10, (world, dice) => {
      const actor = toActor(toState(world), aVisit(dice, world));
      const answers = [null, ...world.things].flatMap((thing) =>
        Capability.options.map((capability) => allows(actor, capability, thing)),
      );
      expect(answers.every((answer) => typeof answer === 'boolean')).toBe(true);
    });
  });

  it('lets everybody through the first door who may do it on anything', () => {
    inWorlds(RUNS, (world, dice) => {
      const actor = toActor(toState(world), aVisit(dice, world));
      const allowed = answersTo(world, (capability, thing) => allows(actor, capability, thing));
      expect(allowed.filter(({ capability }) => !canEverHold(actor, capability))).toEqual([]);
    });
  });
});

describe('less', () => {
  it('never gives more: of what a grant, a role or a role’s exception allows, and more of what either takes away', () => {
    inWorlds(RUNS, (world, dice) => {
      const visit = aVisit(dice, world);
      expect(gained(world, lessOf(dice, world), visit)).toEqual([]);
    });
  });

  it('never gives more: one grant that takes nothing away, but where it makes room for a team of a higher number', () => {
    let made = 0;
    inWorlds(RUNS, (world, dice) => {
      const harmless = world.grants.filter(({ deny }) => deny.size === 0);
      if (harmless.length === 0) return;
      const gone = dice.from(harmless);
      const visit = aVisit(dice, world);
      const more = gained(world, { ...world, grants: world.grants.filter((grant) => grant !== gone) }, visit);
      if (makesRoom(world, gone, visit)) made += more.length;
      else expect(more).toEqual([]);
    });
    expect(made).toBeGreaterThan(0);
  });
});

describe('a change', () => {
  it('touches everybody for whom any answer is another one after it', () => {
    let changed = 0;
    inWorlds(RUNS, (world, dice) => {
      const before = toState(world);
      const writes = someWrites(dice, world);
      const after = afterWrites(before, writes);
      const touched = touchedBy(before, after, writes);
      for (const person of world.people) {
        const same = isSameFor({ person, token: null, viewed: false }, world, [before, NOW], [after, NOW]);
        if (same) continue;
        changed++;
        expect(touched).toContain(person.userId);
      }
    });
    expect(changed).toBeGreaterThan(RUNS / 10);
  });

  it('by time alone touches nobody but those to whom what ended was given, and nobody before the next end', () => {
    let changed = 0;
    inWorlds(RUNS, (world, dice) => {
      const state = toState(world);
      const later = NOW + dice.from([0, 1, 2, 59_999, 60_000, 120_000]);
      const touched = holders(state, endedBetween(state, NOW, later));
      if (later < nextEnd(state, NOW)) expect([...touched]).toEqual([]);
      for (const person of world.people) {
        const visit = { person, token: null, viewed: false };
        const { standing } = toActor(state, visit);
        const same = isSameFor(visit, world, [state, NOW], [state, later]);
        if (same) continue;
        changed++;
        expect(touched).toContain(person.userId);
        expect(standing.endsAtMs).toBeLessThanOrEqual(later);
      }
    });
    expect(changed).toBeGreaterThan(RUNS / 100);
  });
});

type Thing = World['things'][number];
interface Given {
  readonly capability: Capability;
  readonly thing: Thing;
}

/** Of every question that what was handed on can answer, those that are answered with yes. */
const answersTo = ({ things }: World, ask: (capability: Capability, thing: Thing) => boolean): Given[] =>
  things.flatMap((thing) =>
    HANDED_ON.filter((capability) => ask(capability, thing)).map((capability) => ({ capability, thing })),
  );

/** What somebody may in the second world and may not in the first. */
function gained(before: World, after: World, visit: Visit): Given[] {
  const then = toActor(toState(before), visit);
  const now = toActor(toState(after), visit);
  return answersTo(before, (capability, thing) => allows(now, capability, thing) && !allows(then, capability, thing));
}

type Moment = readonly [AccessState, number];
function isSameFor(visit: Visit, { things }: World, one: Moment, other: Moment): boolean {
  const then = toActor(one[0], visit, one[1]);
  const now = toActor(other[0], visit, other[1]);
  return things.every((thing) =>
    HANDED_ON.every((capability) => allows(then, capability, thing) === allows(now, capability, thing)),
  );
}

/** Whether another team of theirs with a higher number holds something where this grant to a team is. */
function makesRoom({ teams, grants }: World, gone: KnownGrant, { person }: Visit): boolean {
  const teamOf = ({ principal }: KnownGrant) =>
    teams.find(({ id, members }) => id === principal.id && members.has(person.userId));
  const number = teamOf(gone)?.priority ?? Infinity;
  return grants.some((other) => other.target.id === gone.target.id && (teamOf(other)?.priority ?? -1) > number);
}

const isSaying = ({ allowed, decidedBy, trace }: Decision, { rule, answers, ...expected }: Verdict): boolean =>
  allowed === expected.allowed &&
  decidedBy === rule &&
  trace.every((step) => {
    const { effect, grants } = answers[step.rule];
    return (
      step.effect === effect &&
      step.wins === (step.rule === rule) &&
      step.grants.length === grants.length &&
      step.grants.every((id) => grants.includes(id))
    );
  });

const toDecision = (capability: Capability, { allowed, rule: decidedBy, answers }: Verdict): Decision => ({
  allowed,
  capability,
  decidedBy,
  trace: Rule.options.map((rule) => {
    const { effect, grants } = answers[rule];
    return { rule, effect, wins: rule === decidedBy, grants: [...grants] };
  }),
});
