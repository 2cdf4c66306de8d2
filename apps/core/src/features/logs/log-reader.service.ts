import { LOG_CREDIT_BYTES, type LogFrameRow } from '@bailiwick/contract';
import type { Log } from '../../kernel/log/log.js';
import { isAppError } from '../../kernel/errors.js';
import type { ContainerLog } from './container-log.driver.js';
import type { LogSource } from './log-source.driver.js';
import type { TailPlace } from './log-tail.rules.js';
import { findPosition, type NumberedLine, toLogLine, toRowJson } from './logs.rules.js';

const FRAME_BYTES = 64 * 1024;
const FRAME_MS = 100;
const CATCH_UP_MS = 500;
/** A reader that catches up and does not read for so long goes on from the shared tail, and is told what it missed. */
const PATIENCE_MS = 10_000;
/** Whoever is not up to date by then goes on from there too. */
const CATCH_UP_LIMIT_MS = 60_000;
/** The engine has more lines and brings none: its stream is opened again. */
const SILENCE_MS = 5_000;

/** Where rows go. `ready` is false while the transport itself holds more than it should. */
export interface LogSink {
  readonly ready: boolean;
  /** Returns how many bytes the client will acknowledge. */
  send(rows: readonly string[]): number;
  /** The history is out; what follows is new. */
  historyOver(): void;
  /** No row follows. */
  end(reason: 'removed' | 'failed'): void;
}

interface Wiring {
  readonly source: LogSource;
  readonly log: Log;
  readonly sink: LogSink;
  /** The engine's own copy, for what the shared tail no longer holds; undefined when the container is gone. */
  readonly kept: () => Promise<ContainerLog | undefined>;
  /** Whether whoever reads may read secrets, at this moment. */
  readonly secrets: () => boolean;
  readonly onClose: () => void;
}

interface Start {
  /** What is shown first. */
  readonly history: readonly NumberedLine[];
  /** The line this reader has, once it has the history. */
  readonly after: string | null;
}

/** One reader of a container: history, then what it missed, then live, never more than its credit ahead. */
export class LogReader {
  private place: TailPlace | undefined;
  private unacknowledged = 0;
  private pending: string[] = [];
  private pendingBytes = 0;
  private waitingBytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private unhook: (() => void) | undefined;
  private readonly closing = new AbortController();
  private room: (() => void) | undefined;
  private hurried = false;

  constructor(private readonly wiring: Wiring) {}

  /** From a place in the shared tail. */
  startAt(place: TailPlace): void {
    this.live(place);
    if (!this.closed) this.wiring.sink.historyOver();
  }

  /** From history on; resolves when the reader is live or closed. */
  async start({ history, after }: Start): Promise<void> {
    for (const line of history) {
      const row = this.rowOf(line);
      while (!this.closed && !(await this.deliver(row)));
    }
    while (!this.closed && !(await this.flushPending()));
    if (!this.closed) this.wiring.sink.historyOver();
    const place = await this.catchUp(after);
    if (place) this.live(place);
  }

  /** The client has read that many bytes. */
  credit(bytes: number): void {
    this.unacknowledged = Math.max(0, this.unacknowledged - bytes);
    this.wake();
  }

  /** The transport took what it held. */
  wake(): void {
    if (this.room && this.hasRoomFor(this.pendingBytes)) this.room();
    if (this.place) this.flush();
  }

  close(): void {
    if (this.closed) return;
    this.closing.abort();
    this.wiring.onClose();
    this.unhook?.();
    clearTimeout(this.timer);
    this.timer = undefined;
    this.place = undefined;
    this.room?.();
  }

  private rowOf(line: NumberedLine): string {
    return toRowJson(toLogLine(line, this.wiring.secrets()));
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
  }

  private live(place: TailPlace): void {
    if (this.closed) return;
    this.place = place;
    this.unhook = this.wiring.source.onRow((bytes) => this.hear(bytes));
    this.flush();
  }

  private hear(bytes: number): void {
    this.waitingBytes += bytes;
    if (this.waitingBytes >= FRAME_BYTES || this.wiring.source.ended) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  /** Sends what there is as long as the reader keeps up. What it leaves too long, the tail lets go. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { source, sink } = this.wiring;
    if (!this.sendPending()) return;
    while (this.place && this.place.row < source.tail.last.row) {
      if (!this.hasRoomFor(1)) return;
      const portion = source.tail.take(this.place, FRAME_BYTES, this.wiring.secrets());
      if (!this.hasRoomFor(portion.bytes)) return;
      this.place = portion.next;
      this.send(portion.missed > 0 ? [toGap(portion.missed, 'slow_reader'), ...portion.rows] : portion.rows);
    }
    this.waitingBytes = 0;
    const { ended } = source;
    if (!ended || this.closed) return;
    this.close();
    sink.end(ended);
  }

  /** A single row larger than the whole credit still goes, alone. */
  private hasRoomFor(bytes: number): boolean {
    if (!this.wiring.sink.ready) return false;
    return this.unacknowledged === 0 || this.unacknowledged + bytes <= LOG_CREDIT_BYTES;
  }

  private send(rows: readonly string[]): void {
    this.unacknowledged += this.wiring.sink.send(rows);
  }

  /** Reads from the engine at this reader's own pace until the shared tail holds its line. */
  private async catchUp(after: string | null): Promise<TailPlace | undefined> {
    const { source } = this.wiring;
    await this.whileAhead(after);
    let last = after;
    const limit = setTimeout(() => (this.hurried = true), CATCH_UP_LIMIT_MS);
    try {
      while (!this.closed) {
        const place = source.tail.placeAfter(last);
        if (place) return place;
        if (source.ended) return lastRow(source);
        const heard = source.appended.now;
        const read = await this.readOn(last);
        last = read.last;
        if (read.place) return read.place;
        await source.appended.after(heard, { signal: this.closing.signal, timeoutMs: CATCH_UP_MS });
      }
      return undefined;
    } finally {
      clearTimeout(limit);
    }
  }

  /** The page was read a moment after the shared stream: it gets there. */
  private async whileAhead(after: string | null): Promise<void> {
    const { source } = this.wiring;
    const atNs = after === null ? undefined : findPosition(after)?.atNs;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), CATCH_UP_MS);
    while (!this.closed && !deadline.signal.aborted && !source.tail.placeAfter(after)) {
      if (atNs === undefined || atNs < source.newestNs) break;
      await source.appended.after(source.appended.now, { signal: deadline.signal });
    }
    clearTimeout(timer);
  }

  private async readOn(after: string | null): Promise<{ last: string | null; place?: TailPlace }> {
    const { source, kept } = this.wiring;
    const log = await kept();
    if (!log) return { last: after };
    const reading = new AbortController();
    const stop = () => reading.abort();
    this.closing.signal.addEventListener('abort', stop, { once: true });
    let last = after;
    let missed = 0;
    let asking = true;
    const silence = setInterval(() => asking && stop(), SILENCE_MS);
    try {
      const position = after === null ? null : (findPosition(after) ?? null);
      const { lost, lines } = await log.after(position, reading.signal);
      if (lost) this.push(toGap(null, lost));
      for await (const line of lines) {
        if (this.closed) break;
        asking = false;
        if (missed > 0 || this.hurried || !(await this.deliver(this.rowOf(line)))) missed += 1;
        last = line.cursor;
        const place = source.tail.placeAfter(last);
        if (place) return { last, place };
        silence.refresh();
        asking = true;
      }
    } catch (error) {
      if (!reading.signal.aborted && !isPassing(error)) throw error;
      this.wiring.log.debug({ err: error }, 'Catching up with a log was cut');
    } finally {
      clearInterval(silence);
      stop();
      this.closing.signal.removeEventListener('abort', stop);
      if (missed > 0) this.push(toGap(missed, 'slow_reader'));
    }
    return { last };
  }

  /** False when the reader did not make room in time, and the row was not taken. */
  private async deliver(row: string): Promise<boolean> {
    const bytes = Buffer.byteLength(row) + 1;
    const full = this.pending.length > 0 && this.pendingBytes + bytes > FRAME_BYTES;
    if (full && !(await this.flushPending())) return false;
    this.push(row);
    return true;
  }

  private push(row: string): void {
    this.pending.push(row);
    this.pendingBytes += Buffer.byteLength(row) + 1;
    this.timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  private async flushPending(): Promise<boolean> {
    if (!this.hasRoomFor(this.pendingBytes)) await this.untilRoom();
    return this.sendPending();
  }

  private sendPending(): boolean {
    if (this.pending.length === 0) return true;
    if (this.closed || !this.hasRoomFor(this.pendingBytes)) return false;
    const rows = this.pending;
    this.pending = [];
    this.pendingBytes = 0;
    this.send(rows);
    return true;
  }

  private untilRoom(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.room?.(), PATIENCE_MS);
      this.room = () => {
        clearTimeout(timer);
        this.room = undefined;
        resolve();
      };
    });
  }
}

const toGap = (lines: number | null, reason: Extract<LogFrameRow, { type: 'gap' }>['reason']): string =>
  JSON.stringify({ type: 'gap', lines, reason } satisfies LogFrameRow);

/** The container was removed before this reader caught up: it still gets told. */
const lastRow = ({ tail: { last } }: LogSource): TailPlace => ({ row: Math.max(0, last.row - 1), line: last.line });

/** The shared stream waits for the engine; so does who catches up. */
const isPassing = (error: unknown): boolean =>
  isAppError(error, 'engine_unavailable') || isAppError(error, 'engine_timeout') || isAppError(error, 'not_found');
