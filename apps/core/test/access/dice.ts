/** Repeatable chance: the same seed always throws the same numbers. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0 || 1;
    // Neighbouring seeds begin alike.
    for (let n = 0; n < 8; n++) this.below(2);
  }

  /** 0 or more, less than `end`. */
  below(end: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % end;
  }

  oneIn(times: number): boolean {
    return this.below(times) === 0;
  }

  from<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('There is nothing to choose from.');
    return item;
  }

  /** Any number of them, each with a chance of one in so many. */
  some<Item>(items: readonly Item[], oneIn = 2): Item[] {
    return items.filter(() => this.oneIn(oneIn));
  }
}
