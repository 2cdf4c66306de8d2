import type { TestApp } from '../app.js';
import type { Cast, Reacher } from './cast.js';
import { type Noun, type Thing, thingsOf } from './things.js';

/** The letters of a cell, in their order. */
export const RELATIONS = ['own', 'sibling', 'foreign', 'deleted', 'malformed'] as const;
export type Relation = (typeof RELATIONS)[number];

const MALFORMED = 'Not-An-Id!';

/** Puts in place what is asked about. */
export class Stage {
  private readonly things: ReturnType<typeof thingsOf>;
  private readonly shared = new Map<string, Thing>();
  private readonly given = new Set<string>();

  private constructor(
    core: TestApp,
    private readonly cast: Cast,
  ) {
    this.things = thingsOf(core, cast);
  }

  static async set(core: TestApp, cast: Cast): Promise<Stage> {
    const stage = new Stage(core, cast);
    for (const noun of ['containers', 'projects'] as const) {
      const { target } = await stage.things[noun].make(cast.get('sibling'));
      if (target) await cast.give('elsewhere', target);
    }
    return stage;
  }

  isNoun(text: string): text is Noun {
    return Object.hasOwn(this.things, text);
  }

  /** One that nobody else is asked about, where it is fresh; else whatever is there already will do. */
  async thing(noun: Noun, about: { who: Reacher; relation: Relation; isFresh: boolean }): Promise<Thing> {
    const { who, relation, isFresh } = about;
    const of = this.ownerFor(who, relation);
    if (relation === 'malformed') return { id: MALFORMED, second: MALFORMED, tenantId: of.user.tenantId };
    const isGone = relation === 'deleted';
    const key = `${noun} ${of.user.id} ${isGone}`;
    const known = isFresh ? undefined : this.shared.get(key);
    const thing = known ?? (await (isGone ? this.things[noun].gone(of) : this.things[noun].make(of)));
    if (!isFresh) this.shared.set(key, thing);
    if (relation === 'sibling' && thing.target) await this.give(who, thing.target);
    return thing;
  }

  private async give(who: Reacher, target: NonNullable<Thing['target']>): Promise<void> {
    if ((who !== 'granted' && who !== 'expired') || this.given.has(`${who} ${target.id}`)) return;
    this.given.add(`${who} ${target.id}`);
    await this.cast.give(who, target, { over: who === 'expired' });
  }

  private ownerFor(who: Reacher, relation: Relation) {
    if (relation === 'foreign') return this.cast.get('neighbour');
    return relation === 'sibling' ? this.cast.get('sibling') : this.cast.self(who);
  }
}
