import type { ContainerId, LogLine, LogPage } from '@bailiwick/contract';
import { toPlainText } from './ansi.rules.ts';
import { LogFeed } from './log-feed.ts';
import type { FeedState, FromWorker, Older, ToWorker } from './log-messages.ts';
import type { LogRow, NewRow } from './log-rows.ts';
import { LogStore, MOST_ROWS } from './log-store.ts';
import { TriggerWatch } from './log-triggers.rules.ts';
import type { LinkedLine } from './log-url.rules.ts';
import { LogView } from './log-view.ts';

const PAGE = 1000;
/** For a log that says nothing more; in one that goes on, a younger line tells at once. */
const WANTED_MS = 15_000;
const PICTURE_EVERY_MS = 80;

interface Wanted {
  line: LinkedLine;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The worker's whole knowledge: the loaded log, what is shown of it, and the feed that adds to it. */
export class LogDesk {
  private readonly store = new LogStore();
  private readonly view = new LogView(this.store);
  private feed: LogFeed | undefined;
  private feedState: FeedState = { state: 'connecting' };
  private window = { from: 0, count: 0, follow: true };
  private containerId: ContainerId | null = null;
  private older: Older = 'none';
  private wanted: Wanted | null = null;
  private triggers = new TriggerWatch([]);
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly say: (message: FromWorker) => void) {}

  take(message: ToWorker): void {
    switch (message.type) {
      case 'open':
        return this.open(message);
      case 'window':
        return this.look(message);
      case 'filter':
        return this.filter(message);
      case 'older':
        return void this.loadOlder();
      case 'match': {
        const found = this.view.nextMatch(this.rowNear(message.fromPlace, message.direction), message.direction);
        return found && this.go(found.seq, found.ordinal);
      }
      case 'problem': {
        const seq = this.view.nextProblem(this.rowNear(message.fromPlace, message.direction), message.direction);
        return seq === undefined ? undefined : this.go(seq, null);
      }
      case 'find':
        return this.want(message.line);
      case 'copy':
        return this.say({ type: 'copied', text: this.copy(message.from, message.to) });
      case 'retry':
        return this.feed?.retryNow();
      case 'ping':
        return this.say({ type: 'pong', request: message.request });
    }
  }

  private look({ from, count, follow }: Extract<ToWorker, { type: 'window' }>): void {
    const before = this.window;
    this.window = { from, count, follow };
    if (from !== before.from || count !== before.count || follow !== before.follow) this.show();
  }

  private open({ containerId, lines, more, filter, triggers }: Extract<ToWorker, { type: 'open' }>): void {
    this.containerId = containerId;
    this.older = more ? 'more' : 'none';
    this.triggers = new TriggerWatch(triggers);
    for (const line of lines) {
      this.store.append(toRow(line));
      this.triggers.look(line);
    }
    this.view.setFilter(filter);
    this.feed = new LogFeed({
      containerId: containerId,
      newestCursor: () => this.store.newestCursor,
      onRows: (rows) => this.add(rows),
      onState: (state) => this.changed(state),
    });
    this.feed.open();
    this.showSoon();
  }

  private add(rows: NewRow[]): void {
    for (const row of rows) {
      this.store.append(row);
      if (row.kind === 'line') this.triggers.look(row);
    }
    this.store.trim();
    this.view.catchUp();
    this.showSoon();
    const { wanted } = this;
    if (!wanted) return;
    if (rows.some((row) => row.kind === 'line' && row.cursor === wanted.line.cursor)) this.want(wanted.line);
    else if (rows.some((row) => row.kind === 'line' && row.at > wanted.line.at)) this.giveUp();
  }

  /** Goes to a line that is here or comes soon. */
  private want(line: LinkedLine): void {
    clearTimeout(this.wanted?.timer);
    this.wanted = null;
    const seq = line.cursor === null ? this.store.findAt(line.at) : this.store.find(line.cursor);
    if (seq !== undefined) return this.go(seq, null);
    this.wanted = { line, timer: undefined };
    this.waitForWanted();
  }

  /** Nobody is told that a line is missing before the log could bring it. */
  private waitForWanted(): void {
    if (!this.wanted) return;
    clearTimeout(this.wanted.timer);
    this.wanted.timer = undefined;
    if (this.feedState.state === 'live') this.wanted.timer = setTimeout(() => this.giveUp(), WANTED_MS);
    if (this.feedState.state === 'ended') this.giveUp();
  }

  private giveUp(): void {
    clearTimeout(this.wanted?.timer);
    this.wanted = null;
    this.say({ type: 'missing' });
  }

  private changed(state: FeedState): void {
    this.feedState = state;
    this.waitForWanted();
    if (state.state === 'ended' && state.reason === 'signed_out') this.say({ type: 'signedOut' });
    this.showSoon();
  }

  private filter({ filter, keepPlace, request }: Extract<ToWorker, { type: 'filter' }>): void {
    const kept = this.view.seqAt(keepPlace) ?? this.store.end;
    this.view.setFilter(filter);
    const { generation } = this.view;
    this.say({ type: 'filtered', request, place: this.view.placeOf(kept), generation });
    this.show();
  }

  private async loadOlder(): Promise<void> {
    const before = this.store.oldestCursor;
    if (before === null || this.older === 'loading' || this.older === 'none') return;
    // What would be dropped again at once is not asked for.
    if (this.store.size + PAGE > MOST_ROWS) return this.setOlder('full');
    this.setOlder('loading');
    try {
      const page = await this.page(before);
      this.store.prepend(page.lines.map(toRow));
      this.view.catchUp();
      this.setOlder(page.more && page.lines.length > 0 ? 'more' : 'none');
    } catch {
      // Offered again; the reason shows on the feed when it is the same.
      this.setOlder('failed');
    }
  }

  private async page(before: string): Promise<LogPage> {
    const query = new URLSearchParams({ tail: String(PAGE), before });
    const response = await fetch(`/api/v1/containers/${this.containerId ?? ''}/logs?${query}`, { cache: 'no-store' });
    if (!response.ok) throw new Error(`status ${response.status}`);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the sender checks it; see api.ts
    const page: LogPage = await response.json();
    return page;
  }

  private setOlder(older: Older): void {
    this.older = older;
    this.show();
  }

  private rowNear(place: number, direction: 1 | -1): number {
    return this.view.seqAt(place) ?? (direction === 1 ? this.store.first - 1 : this.store.end);
  }

  private go(seq: number, ordinal: number | null): void {
    // The rows that just came must be in the picture before anybody can be taken to them.
    this.show();
    this.say({ type: 'go', place: this.view.placeOf(seq), ordinal });
  }

  private copy(from: number, to: number): string {
    const lines: string[] = [];
    for (let place = Math.min(from, to); place <= Math.max(from, to); place += 1) {
      const row = this.store.row(this.view.seqAt(place) ?? Number.NaN);
      if (row?.kind === 'line') lines.push(toPlainText(row.text));
    }
    return lines.join('\n');
  }

  private rowAt(place: number): LogRow | undefined {
    const seq = this.view.seqAt(place);
    const row = seq === undefined ? undefined : this.store.row(seq);
    if (row?.kind !== 'line') return row;
    const compact = this.view.compactOf(row.seq);
    return { ...row, found: this.view.foundIn(row.seq), ...(compact ? { compact } : {}) };
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => this.show(), PICTURE_EVERY_MS);
  }

  private show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { base, count, generation, matchCount } = this.view;
    const last = Math.max(base, base + count - this.window.count);
    const from = this.window.follow ? last : Math.min(Math.max(this.window.from, base), last);
    const rows = Array.from({ length: Math.min(this.window.count, count) }, (_, index) => this.rowAt(from + index));
    this.say({
      type: 'picture',
      picture: {
        generation,
        base,
        count,
        from,
        rows: rows.filter((row) => row !== undefined),
        size: this.store.size,
        end: this.store.end,
        dropped: this.store.dropped,
        counts: { ...this.store.counts },
        matchCount,
        older: this.older,
        oldest: this.store.oldestCursor,
        feed: this.feedState,
        triggered: this.triggers.found,
      },
    });
  }
}

const toRow = ({ cursor, at, stream, text }: LogLine): NewRow => ({ kind: 'line', cursor, at, stream, text });
