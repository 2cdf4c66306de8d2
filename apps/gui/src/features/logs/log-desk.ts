import { type Level, levelOf } from '@bailiwick/contract/log-levels';
import { toCopied } from './log-copy.rules.ts';
import { LogFeed } from './log-feed.ts';
import type { FeedState, FromWorker, Older, ToWorker } from './log-messages.ts';
import { type LogProfile, profileOf } from './log-profile.rules.ts';
import type { LogRow, NewRow } from './log-rows.ts';
import { LogSources, OLDER_ROWS } from './log-sources.ts';
import { LogStore, MOST_ROWS } from './log-store.ts';
import { TriggerWatch } from './log-triggers.rules.ts';
import type { LinkedLine } from './log-url.rules.ts';
import { LogView } from './log-view.ts';
import { inOrder, placeAfter, type TimedRow, toTimed } from './together.rules.ts';

/** Of a line that is spoken. */
const SPOKEN = 200;
const TROUBLES: ReadonlySet<Level | null> = new Set<Level>(['error', 'fatal']);
/** For a log that says nothing more; in one that goes on, a younger line tells at once. */
const WANTED_MS = 15_000;
const PICTURE_EVERY_MS = 80;
const PROFILE_EVERY_MS = 1000;
/** Lines of several logs are put in order as far as they come within so long. */
const TOGETHER_MS = 250;

interface Wanted {
  line: LinkedLine;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The worker's whole knowledge: the loaded log, what is shown of it, and the feed that adds to it. */
export class LogDesk {
  private readonly store = new LogStore();
  private readonly view = new LogView(this.store);
  private feed: LogFeed | undefined;
  private readonly sources = new LogSources(this.store);
  private coming: TimedRow[] = [];
  /** Of several logs: the time of the newest row that is shown. */
  private shownTo = '';
  private order = 0;
  private togetherTimer: ReturnType<typeof setTimeout> | undefined;
  private window = { from: 0, count: 0, follow: true };
  private older: Older = 'none';
  private wanted: Wanted | null = null;
  private triggers = new TriggerWatch([]);
  private troubles = { count: 0, last: '' };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private profile: LogProfile | null = null;
  private profiled = { seen: '', generation: -1, atMs: 0 };
  private profileTimer: ReturnType<typeof setTimeout> | undefined;

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
      case 'fold': {
        const seq = this.view.seqAt(message.place);
        return seq === undefined ? undefined : this.folded(this.view.toggleFold(seq));
      }
      case 'copy':
        return this.say({ type: 'copied', text: toCopied(this.copy(message.from, message.to), message.markdown) });
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

  private open({ sources, filter, reading, triggers }: Extract<ToWorker, { type: 'open' }>): void {
    this.sources.open(sources);
    this.triggers = new TriggerWatch(triggers);
    const shown = this.sources.takeWaiting();
    for (const row of shown) {
      this.store.append(row);
      if (row.kind === 'line') this.triggers.look(row);
    }
    this.shownTo = toTimed(shown).at(-1)?.at ?? '';
    this.older = this.sources.haveOlder ? 'more' : 'none';
    this.sources.lookForOldest();
    this.view.setFilter(filter, reading);
    const { followed } = this.sources;
    if (followed.length > 0) {
      this.feed = new LogFeed({
        followed,
        newestCursor: (source) => this.sources.newestCursor(source),
        onRows: (rows, source) => this.hear(rows, source),
        onState: (state, source) => this.changed(state, source),
      });
      this.feed.open();
    }
    this.showSoon();
  }

  /** Of one log they are shown at once; of several they wait a moment for those of the others. */
  private hear(heard: NewRow[], source: number): void {
    const rows = this.sources.hear(heard, source);
    if (!this.sources.areSeveral) return this.add(rows);
    this.coming.push(...this.sources.timed(rows, source));
    this.togetherTimer ??= setTimeout(() => {
      this.togetherTimer = undefined;
      const coming = inOrder(this.coming);
      this.coming = [];
      this.addTogether(coming);
    }, TOGETHER_MS);
  }

  /** What comes late is put where its time is. */
  private addTogether(rows: readonly TimedRow[]): void {
    const late = rows.filter(
      (each) => each.at < this.shownTo && (this.older === 'none' || !this.sources.letWait(each)),
    );
    const next = rows.filter(({ at }) => at >= this.shownTo);
    const put = this.store.insert(late);
    this.view.rewind(put);
    this.shownTo = next.at(-1)?.at ?? this.shownTo;
    this.add(next.map(({ row }) => row));
    if (put.length > 0) this.moved(put);
  }

  private moved(numbers: readonly number[]): void {
    this.order += 1;
    const put = numbers.flatMap((seq) => {
      const place = this.view.placeOf(seq);
      return this.view.seqAt(place) === seq ? [place] : [];
    });
    this.window = { ...this.window, from: placeAfter(this.window.from, put) };
    this.say({ type: 'moved', put });
    this.show();
  }

  private add(rows: NewRow[]): void {
    for (const row of rows) {
      this.store.append(row);
      if (row.kind === 'line') this.triggers.look(row);
      this.noteTrouble();
    }
    // Of several logs nobody knows any more which older lines are missing where.
    if (this.store.trim() && this.sources.areSeveral) {
      this.older = 'full';
      this.sources.lookForOldest();
    }
    this.sources.noteShown(rows);
    this.view.catchUp();
    this.showSoon();
    const { wanted } = this;
    if (!wanted) return;
    if (rows.some((row) => row.kind === 'line' && row.cursor === wanted.line.cursor)) this.want(wanted.line);
    else if (rows.some((row) => row.kind === 'line' && row.at > wanted.line.at)) this.giveUp();
  }

  /** Whether the row that just came tells of an error by its own words, not as what goes on with another. */
  private noteTrouble(): void {
    const seq = this.store.end - 1;
    if (!TROUBLES.has(this.store.level(seq))) return;
    const words = this.store.words(seq) ?? '';
    if (TROUBLES.has(levelOf(words))) this.troubles = { count: this.troubles.count + 1, last: words.slice(0, SPOKEN) };
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
    const { state } = this.sources.feed;
    if (state === 'live') this.wanted.timer = setTimeout(() => this.giveUp(), WANTED_MS);
    if (state === 'ended') this.giveUp();
  }

  private giveUp(): void {
    clearTimeout(this.wanted?.timer);
    this.wanted = null;
    this.say({ type: 'missing' });
  }

  private changed(state: FeedState, source: number): void {
    this.sources.setFeed(source, state);
    this.waitForWanted();
    if (state.state === 'ended' && state.reason === 'signed_out') this.say({ type: 'signedOut' });
    this.showSoon();
  }

  private filter({ filter, reading, keepPlace, request }: Extract<ToWorker, { type: 'filter' }>): void {
    const kept = this.view.seqAt(keepPlace) ?? this.store.end;
    this.view.setFilter(filter, reading);
    const { generation } = this.view;
    this.say({ type: 'filtered', request, place: this.view.placeOf(kept), generation });
    this.show();
  }

  private async loadOlder(): Promise<void> {
    if (this.store.oldestCursor === null || this.older === 'loading' || this.older === 'none') return;
    // What would be dropped again at once is not asked for.
    if (this.store.size + OLDER_ROWS > MOST_ROWS) return this.setOlder('full');
    this.setOlder('loading');
    try {
      await this.sources.fill();
      this.store.prepend(this.sources.takeWaiting());
      this.sources.lookForOldest();
      this.view.catchUp();
      this.setOlder(this.sources.haveOlder ? 'more' : 'none');
    } catch {
      // Offered again; the reason shows on the feed when it is the same.
      this.setOlder('failed');
    }
  }

  private setOlder(older: Older): void {
    this.older = older;
    this.show();
  }

  private rowNear(place: number, direction: 1 | -1): number {
    return this.view.seqAt(place) ?? (direction === 1 ? this.store.first - 1 : this.store.end);
  }

  private folded(seq: number): void {
    this.show();
    this.say({ type: 'folded', place: this.view.placeOf(seq) });
  }

  private go(seq: number, ordinal: number | null): void {
    this.view.unfold(seq);
    // The rows that just came must be in the picture before anybody can be taken to them.
    this.show();
    this.say({ type: 'go', place: this.view.placeOf(seq), ordinal });
  }

  private copy(from: number, to: number): string {
    const chosen: number[] = [];
    for (let place = Math.min(from, to); place <= Math.max(from, to); place += 1) {
      const seq = this.view.seqAt(place);
      if (seq !== undefined) chosen.push(seq, ...this.view.foldedUnder(seq));
    }
    const words = chosen.toSorted((one, other) => one - other).map((seq) => this.store.words(seq));
    return words.filter((each) => each !== undefined).join('\n');
  }

  private rowAt(place: number): LogRow | undefined {
    const seq = this.view.seqAt(place);
    const row = seq === undefined ? undefined : this.store.row(seq);
    if (row?.kind !== 'line') return row;
    const compact = this.view.compactOf(row.seq);
    const fold = this.view.foldOf(row.seq);
    return { ...row, found: this.view.foundIn(row.seq), ...(compact ? { compact } : {}), ...(fold ? { fold } : {}) };
  }

  private showSoon(): void {
    this.timer ??= setTimeout(() => this.show(), PICTURE_EVERY_MS);
  }

  /** Looks through all shown rows, and so not for every picture. */
  private lookAround(): void {
    const { base, count, generation } = this.view;
    const seen = `${generation} ${base} ${count} ${this.store.end}`;
    if (seen === this.profiled.seen) return;
    if (Date.now() - this.profiled.atMs < PROFILE_EVERY_MS && generation === this.profiled.generation) {
      this.profileTimer ??= setTimeout(() => this.show(), PROFILE_EVERY_MS);
      return;
    }
    clearTimeout(this.profileTimer);
    this.profileTimer = undefined;
    this.profiled = { seen, generation, atMs: Date.now() };
    const rowAt = (index: number) => {
      const seq = this.view.seqAt(base + index) ?? Number.NaN;
      return { level: this.store.level(seq), atMs: this.store.timeAt(seq) };
    };
    this.profile = profileOf(count, rowAt, (index) => this.view.linesAt(index));
  }

  private show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.lookAround();
    const { base, count, generation, matchCount } = this.view;
    const last = Math.max(base, base + count - this.window.count);
    const from = this.window.follow ? last : Math.min(Math.max(this.window.from, base), last);
    const rows = Array.from({ length: Math.min(this.window.count, count) }, (_, index) => this.rowAt(from + index));
    this.say({
      type: 'picture',
      picture: {
        generation,
        order: this.order,
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
        searchFrom: this.sources.searchFrom,
        feed: this.sources.feed,
        triggered: this.triggers.found,
        troubles: this.troubles,
        profile: this.profile,
      },
    });
  }
}
