import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  abandonReads,
  beginInspect,
  beginList,
  emptyMirror,
  endInspect,
  endList,
  failInspect,
  findItem,
  hint,
  type MirrorState,
} from './mirror.rules.js';

const DEEP = process.env['BAILIWICK_TEST_DEEP'] === '1';
const RUNS = DEEP ? 100_000 : 10_000;
const IDS = ['a', 'b', 'c', 'd'];

/** What a read brings back: the state of a container, which is a new object at every change. */
interface Item {
  readonly revision: number;
}
type World = Map<string, Item>;

/** A step of a random life. Reads are begun, look at the world later, and are answered later still, in any order. */
type Step =
  | { do: 'change'; id: string; fate: 'lost' | 'announced' | 'announced twice' }
  | { do: 'remove'; id: string; fate: 'lost' | 'announced' | 'announced twice' }
  | { do: 'hear'; pick: number }
  | { do: 'list' }
  | { do: 'look'; pick: number }
  | { do: 'answer'; pick: number }
  | { do: 'fail'; pick: number }
  | { do: 'outage' };

interface Read {
  readonly ticket: number;
  readonly id: string | undefined;
  seen: World | undefined;
}

/** An engine and a mirror of it, with everything that can come between the two. */
class Life {
  readonly world: World = new Map();
  readonly mirror: MirrorState<Item> = emptyMirror();
  private events: string[] = [];
  private reads: Read[] = [];
  private revision = 0;

  take(step: Step): void {
    switch (step.do) {
      case 'change':
        this.world.set(step.id, { revision: ++this.revision });
        return this.announce(step.id, step.fate);
      case 'remove':
        if (this.world.delete(step.id)) this.announce(step.id, step.fate);
        return;
      case 'hear':
        return this.hear(step.pick);
      case 'list':
        this.reads.push({ ticket: beginList(this.mirror), id: undefined, seen: undefined });
        return;
      case 'look': {
        const read = this.pick(step.pick);
        if (read) read.seen ??= new Map(this.world);
        return;
      }
      case 'answer':
        return this.answer(step.pick);
      case 'fail': {
        const read = this.pick(step.pick);
        if (read?.id !== undefined) this.fail(read, read.id);
        return;
      }
      case 'outage':
        this.reads = [];
        this.events = [];
        return abandonReads(this.mirror);
    }
  }

  /** Everything still under way arrives, and what arrives asks its own questions until it is quiet. */
  settle(): void {
    while (this.events.length > 0 || this.reads.length > 0) {
      while (this.events.length > 0) this.hear(0);
      if (this.reads.length > 0) this.answer(0);
    }
  }

  private announce(id: string, fate: 'lost' | 'announced' | 'announced twice'): void {
    if (fate !== 'lost') this.events.push(id);
    if (fate === 'announced twice') this.events.push(id);
  }

  /** In any order: an event is only a hint. */
  private hear(pick: number): void {
    const [id] = this.events.splice(pick % Math.max(this.events.length, 1), 1);
    if (id !== undefined && hint(this.mirror, id)) this.inspect(id);
  }

  private inspect(id: string): void {
    this.reads.push({ ticket: beginInspect(this.mirror, id), id, seen: undefined });
  }

  private answer(pick: number): void {
    const read = this.pick(pick);
    if (!read) return;
    this.reads.splice(this.reads.indexOf(read), 1);
    const seen = read.seen ?? this.world;
    if (read.id === undefined) {
      endList(this.mirror, read.ticket, seen);
      return;
    }
    if (endInspect(this.mirror, read.id, read.ticket, seen.get(read.id)).again) this.ask(read.id);
  }

  private ask(id: string): void {
    if (hint(this.mirror, id)) this.inspect(id);
  }

  /** One inspect failed and the engine lives: whoever keeps the mirror lists again. */
  private fail(read: Read, id: string): void {
    this.reads.splice(this.reads.indexOf(read), 1);
    failInspect(this.mirror, id, read.ticket);
    this.take({ do: 'list' });
  }

  private pick(pick: number): Read | undefined {
    return this.reads[pick % Math.max(this.reads.length, 1)];
  }

  get picture(): World {
    const picture: World = new Map();
    for (const id of IDS) {
      const item = findItem(this.mirror, id);
      if (item) picture.set(id, item);
    }
    return picture;
  }
}

const id = fc.constantFrom(...IDS);
const pick = fc.nat({ max: 7 });
const heard = fc.constantFrom('announced' as const, 'announced twice' as const);
const anyFate = fc.constantFrom('lost' as const, 'announced' as const, 'announced twice' as const);
const stepsWith = (fate: fc.Arbitrary<'lost' | 'announced' | 'announced twice'>, outages: fc.Arbitrary<Step>[]) =>
  fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('change' as const), id, fate }),
      fc.record({ do: fc.constant('remove' as const), id, fate }),
      fc.record({ do: fc.constant('hear' as const), pick }),
      fc.constant({ do: 'list' as const }),
      fc.record({ do: fc.constant('look' as const), pick }),
      fc.record({ do: fc.constant('answer' as const), pick }),
      ...outages,
    ),
    { maxLength: 60, size: 'max' },
  );
const TROUBLE: fc.Arbitrary<Step>[] = [
  fc.record({ do: fc.constant('fail' as const), pick }),
  fc.constant({ do: 'outage' as const }),
];

describe('the picture of an engine', () => {
  it('equals a fresh list after one resync, whatever was lost, doubled, reordered or broken off', () => {
    fc.assert(
      fc.property(stepsWith(anyFate, TROUBLE), (steps) => {
        const life = new Life();
        for (const step of steps) life.take(step);
        life.settle();
        life.take({ do: 'list' });
        life.settle();
        expect(life.picture).toEqual(life.world);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it('needs no resync as long as every change is announced at least once', () => {
    fc.assert(
      fc.property(stepsWith(heard, []), (steps) => {
        const life = new Life();
        for (const step of steps) life.take(step);
        life.settle();
        expect(life.picture).toEqual(life.world);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  it('keeps nothing of what is gone once no older read is under way', () => {
    fc.assert(
      fc.property(stepsWith(anyFate, TROUBLE), (steps) => {
        const life = new Life();
        for (const step of steps) life.take(step);
        life.settle();
        expect(life.mirror.reads.size).toBe(0);
        expect(life.mirror.inspecting.size).toBe(0);
        expect([...life.mirror.known.values()].every(({ item }) => item !== undefined)).toBe(true);
      }),
      { numRuns: RUNS / 10 },
    );
  }, 600_000);

  it('does not let an old list bring back what a younger inspect saw gone', () => {
    const mirror = emptyMirror<Item>();
    const list = beginList(mirror);
    hint(mirror, 'a');
    const inspect = beginInspect(mirror, 'a');
    endInspect(mirror, 'a', inspect, undefined);
    expect(endList(mirror, list, new Map([['a', { revision: 1 }]]))).toEqual([]);
    expect(findItem(mirror, 'a')).toBeUndefined();
  });

  it('names exactly what a list changed', () => {
    const mirror = emptyMirror<Item>();
    const same = { revision: 1 };
    endList(mirror, beginList(mirror), new Map([['same', same], ['gone', { revision: 1 }], ['changed', { revision: 1 }]])); // prettier-ignore
    const touched = endList(mirror, beginList(mirror), new Map([['same', same], ['changed', { revision: 2 }], ['fresh', same]])); // prettier-ignore
    expect([...touched].sort()).toEqual(['changed', 'fresh', 'gone']);
  });

  it('inspects a container once more, not once per event, when events come during an inspect', () => {
    const mirror = emptyMirror<Item>();
    expect(hint(mirror, 'a')).toBe(true);
    const ticket = beginInspect(mirror, 'a');
    expect([hint(mirror, 'a'), hint(mirror, 'a')]).toEqual([false, false]);
    expect(endInspect(mirror, 'a', ticket, { revision: 1 })).toEqual({ touched: true, again: true });
  });
});
