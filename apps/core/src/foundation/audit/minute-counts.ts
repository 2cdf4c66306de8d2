/** How often the same thing happened within a minute of its first time. */
export interface MinuteCount<What> {
  readonly what: What;
  readonly since: number;
  count: number;
}

const MINUTE_MS = 60_000;

/**
 * Counts alike things per minute, so that a loop of them cannot fill the disk. A group (a person, an address) has room
 * for so many different things at once; what is beyond is counted as one.
 */
export class MinuteCounts<What> {
  private readonly open = new Map<string, MinuteCount<What>>();
  private readonly groups = new Map<string, number>();

  constructor(private readonly room: number) {}

  /** The count when this is its first time in the minute, else undefined: it was added to the one before. */
  add(group: string, key: string, what: What, rest: What, now: number): MinuteCount<What> | undefined {
    const own = `${group} ${key}`;
    const isNew = !this.open.has(own);
    const full = isNew && (this.groups.get(group) ?? 0) >= this.room;
    const place = full ? `${group} *` : own;
    const before = this.open.get(place);
    if (before) {
      before.count += 1;
      return undefined;
    }
    const count = { what: full ? rest : what, since: now, count: 1 };
    this.open.set(place, count);
    if (!full) this.groups.set(group, (this.groups.get(group) ?? 0) + 1);
    return count;
  }

  /** Takes out those whose minute is over. */
  takeDue(now: number): MinuteCount<What>[] {
    const due = [...this.open].filter(([, { since }]) => now - since >= MINUTE_MS);
    for (const [place] of due) this.forget(place);
    return due.map(([, count]) => count);
  }

  takeAll(): MinuteCount<What>[] {
    const all = [...this.open.values()];
    this.open.clear();
    this.groups.clear();
    return all;
  }

  private forget(place: string): void {
    this.open.delete(place);
    const group = place.slice(0, place.indexOf(' '));
    if (place === `${group} *`) return;
    const left = (this.groups.get(group) ?? 1) - 1;
    if (left > 0) this.groups.set(group, left);
    else this.groups.delete(group);
  }
}
