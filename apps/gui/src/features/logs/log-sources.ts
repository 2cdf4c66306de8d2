import type { KeptLogPage, LogPage } from '@bailiwick/contract';
import type { FeedState } from './log-messages.ts';
import type { NewRow } from './log-rows.ts';
import type { LogStore } from './log-store.ts';
import type { SearchFrom } from './older-search.rules.ts';
import {
  type ReadSource,
  takeTogether,
  type TimedRow,
  togetherState,
  toRow,
  toTimed,
  type Waiting,
} from './together.rules.ts';

/** So many older rows of a log are asked for at once. */
export const OLDER_ROWS = 1000;

/** What is known of one of the logs beside its rows. */
interface Source extends Pick<ReadSource, 'containerId' | 'kept'> {
  newest: string | null;
  oldest: string | null;
  /** Of several logs: its oldest line that is shown. */
  shown: string | null;
  /** When its newest line was written; empty before there is one. */
  newestAt: string;
  /** What the core said last of its container: after it was away it says so again. */
  event: string;
  feed: FeedState;
  waiting: Waiting;
}

/** The logs that are looked at: how far each is known, and what of it waits to be shown among the others. */
export class LogSources {
  private all: Source[] = [];

  constructor(private readonly store: LogStore) {}

  open(sources: readonly ReadSource[]): void {
    this.all = sources.map(({ containerId, kept, rows, more }) => ({
      containerId,
      kept,
      newest: cursorOf(rows.findLast(isLine)),
      oldest: cursorOf(rows.find(isLine)),
      shown: null,
      newestAt: newestAtOf(rows, ''),
      event: '',
      feed: kept ? { state: 'ended', reason: 'kept' } : { state: 'connecting' },
      waiting: { rows, more },
    }));
  }

  get areSeveral(): boolean {
    return this.all.length > 1;
  }

  /** Those that go on. */
  get followed(): Array<{ source: number; containerId: ReadSource['containerId'] }> {
    return this.all.flatMap(({ containerId, kept }, source) => (kept ? [] : { source, containerId }));
  }

  newestCursor(source: number): string | null {
    return this.all[source]?.newest ?? null;
  }

  /** Of what came those that were not said before. */
  hear(heard: readonly NewRow[], source: number): NewRow[] {
    const of = this.all[source];
    if (!of) return [];
    const rows = heard.filter((row) => isNews(row, of));
    of.newest = cursorOf(rows.findLast(isLine)) ?? of.newest;
    of.oldest ??= cursorOf(rows.find(isLine));
    return rows;
  }

  /** Each with its time, for those of several logs. */
  timed(rows: readonly NewRow[], source: number): TimedRow[] {
    const of = this.all[source];
    if (!of) return [];
    const timed = toTimed(rows, of.newestAt);
    of.newestAt = newestAtOf(rows, of.newestAt);
    return timed;
  }

  noteShown(rows: readonly NewRow[]): void {
    for (const row of rows) {
      const of = this.all[row.kind === 'line' ? (row.source ?? 0) : -1];
      if (of && row.kind === 'line') of.shown ??= row.cursor;
    }
  }

  /** Among what is older than all that is shown there may be more to come: then it waits with that. */
  letWait({ row, at }: TimedRow): boolean {
    const oldest = this.store.row(this.store.first);
    const of = this.all[row.source ?? 0];
    if (!of || !oldest || oldest.kind === 'gap' || at >= oldest.at) return false;
    // Older lines than these were let go already.
    if (this.store.dropped > 0) this.store.dropped += 1;
    else of.waiting = { ...of.waiting, rows: [...of.waiting.rows, row] };
    return true;
  }

  get feed(): FeedState {
    return togetherState(this.all.map(({ feed }) => feed));
  }

  setFeed(source: number, feed: FeedState): void {
    const of = this.all[source];
    if (of) of.feed = feed;
  }

  get haveOlder(): boolean {
    return this.all.some(({ waiting }) => waiting.more || waiting.rows.length > 0);
  }

  /** Asks each of which nothing waits for its next older rows. */
  async fill(): Promise<void> {
    await Promise.all(this.all.map((of, source) => this.fillOne(of, source)));
  }

  takeWaiting(): NewRow[] {
    const { rows, waiting } = takeTogether(this.all.map((each) => each.waiting));
    for (const [source, each] of this.all.entries()) each.waiting = waiting[source] ?? each.waiting;
    return rows;
  }

  /** Goes through as much as it takes to see a line of each log. */
  lookForOldest(): void {
    if (!this.areSeveral) return;
    for (const each of this.all) each.shown = null;
    let missing = this.all.length;
    for (let seq = this.store.first; seq < this.store.end && missing > 0; seq += 1) {
      const origin = this.store.originOf(seq);
      const of = origin === null ? undefined : this.all[origin >> 1];
      if (!of || of.shown !== null) continue;
      const row = this.store.row(seq);
      of.shown = row?.kind === 'line' ? row.cursor : null;
      missing -= 1;
    }
  }

  /** From where each is searched further back; null where there is nothing. */
  get searchFrom(): Array<SearchFrom | null> {
    return this.all.map(({ shown, waiting }) => {
      const cursor = this.areSeveral ? shown : this.store.oldestCursor;
      if (cursor !== null) return { cursor, unseen: null };
      const unseen = waiting.rows.findLast(isLine);
      return unseen ? { cursor: unseen.cursor, unseen } : null;
    });
  }

  private async fillOne(of: Source, source: number): Promise<void> {
    const before = this.areSeveral ? of.oldest : this.store.oldestCursor;
    if (of.waiting.rows.length > 0 || !of.waiting.more || before === null) return;
    const { rows, more } = await readOlder(of, before, source);
    of.oldest = cursorOf(rows.find(isLine)) ?? before;
    of.waiting = { rows: [...rows, ...of.waiting.rows], more: more && rows.length > 0 };
  }
}

async function readOlder({ containerId, kept }: Source, before: string, source: number): Promise<Waiting> {
  const query = new URLSearchParams({ tail: String(OLDER_ROWS), before });
  const path = kept ? `kept-logs/${containerId}/lines` : `containers/${containerId}/logs`;
  const response = await fetch(`/api/v1/${path}?${query}`, { cache: 'no-store' });
  if (!response.ok) throw new Error(`status ${response.status}`);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the sender checks it; see api.ts
  const page: LogPage | KeptLogPage = await response.json();
  const rows = 'rows' in page ? page.rows : page.lines.map((line) => ({ type: 'line' as const, ...line }));
  return { rows: rows.map((row) => toRow(row, source)), more: page.more };
}

const isLine = (row: NewRow): row is Extract<NewRow, { kind: 'line' }> => row.kind === 'line';
const newestAtOf = (rows: readonly NewRow[], since: string): string =>
  rows.reduce((newest, row) => (row.kind === 'line' && row.at > newest ? row.at : newest), since);

/** Whether it was not said before; remembers what is said. */
function isNews(row: NewRow, of: Source): boolean {
  if (row.kind !== 'event' || (row.event !== 'started' && row.event !== 'stopped')) return true;
  const event = `${row.event} ${row.at}`;
  const isNew = event !== of.event;
  of.event = event;
  return isNew;
}
const cursorOf = (row: Extract<NewRow, { kind: 'line' }> | undefined): string | null => row?.cursor ?? null;
