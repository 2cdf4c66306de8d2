import { isContinuation, type Level, levelOf } from '@bailiwick/contract/log-levels';
import { toPlainText } from './ansi.rules.ts';
import { LogBlock, ROWS_PER_BLOCK } from './log-block.ts';
import type { LogRow, NewRow } from './log-rows.ts';
import type { TimedRow } from './together.rules.ts';

export const MOST_ROWS = 200_000;
const MOST_BYTES = 64 * 1024 * 1024;
const NO_ROWS: Record<Level, number> = { fatal: 0, error: 0, warn: 0, info: 0, debug: 0, trace: 0, unknown: 0 };

/**
 * The loaded part of one log, oldest first. It grows at both ends; over the cap whole blocks are dropped at the old
 * end, and the dropped rows are counted so that the viewer can say so.
 */
export class LogStore {
  private blocks: LogBlock[] = [];
  /** The number of the first row of each block. */
  private starts: number[] = [];
  /** Of the newest line of each log. */
  private readonly levelsBefore = new Map<number, Level>();
  private cursors: { oldest: string | null; newest: string | null } = { oldest: null, newest: null };
  private lastBlock = 0;
  readonly counts = { ...NO_ROWS };
  dropped = 0;

  constructor(
    private readonly mostRows = MOST_ROWS,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  get first(): number {
    return this.starts[0] ?? 0;
  }

  /** One past the newest row. */
  get end(): number {
    const last = this.blocks.at(-1);
    return last ? (this.starts.at(-1) ?? 0) + last.size : 0;
  }

  get size(): number {
    return this.end - this.first;
  }

  /** Where the log is resumed from; null until a line came. */
  get newestCursor(): string | null {
    return this.cursors.newest;
  }

  get oldestCursor(): string | null {
    return this.cursors.oldest;
  }

  append(row: NewRow): void {
    const block = this.blockToAppend();
    this.add(block, row, this.levelsBefore);
    if (row.kind !== 'line') return;
    this.cursors.newest = row.cursor;
    this.cursors.oldest ??= row.cursor;
  }

  /** Older rows in their order, put before what is there. */
  prepend(rows: readonly NewRow[]): void {
    const blocks: LogBlock[] = [];
    const levels = new Map<number, Level>();
    for (const row of rows) {
      const last = blocks.at(-1);
      const block = last && !last.isFull ? last : new LogBlock();
      if (block !== last) blocks.push(block);
      this.add(block, row, levels);
    }
    let start = this.first - rows.length;
    if (this.blocks.length === 0) start = -rows.length;
    const starts = blocks.map((block) => {
      const own = start;
      start += block.size;
      return own;
    });
    this.blocks = [...blocks, ...this.blocks];
    this.starts = [...starts, ...this.starts];
    const oldest = rows.find((row) => row.kind === 'line');
    if (oldest?.kind === 'line') this.cursors.oldest = oldest.cursor;
    const newest = rows.findLast((row) => row.kind === 'line');
    if (newest?.kind === 'line') this.cursors.newest ??= newest.cursor;
  }

  /**
   * Rows that come late, in their order, put where their times are. Tells the numbers they got; the rows after them
   * get others.
   */
  insert(late: readonly TimedRow[]): number[] {
    const [first] = late;
    if (!first) return [];
    const from = this.placeFor(first.at);
    const isOldest = from === this.first;
    const newer = this.cutOff(from);
    const numbers: number[] = [];
    let next = from;
    let put = 0;
    const putUntil = (at: string | null) => {
      for (let each = late[put]; each && (at === null || each.at < at); each = late[put]) {
        this.add(this.blockToAppend(next), each.row, this.levelsBefore);
        numbers.push(next);
        next += 1;
        put += 1;
      }
    };
    let reached = '';
    for (const row of newer) {
      if (row.kind !== 'gap' && row.at > reached) reached = row.at;
      putUntil(reached);
      this.addAgain(this.blockToAppend(next), row);
      next += 1;
    }
    putUntil(null);
    if (isOldest) this.cursors.oldest = this.findOldestCursor();
    return numbers;
  }

  /** Drops old blocks until the rest fits; true when something was dropped. */
  trim(): boolean {
    const before = this.dropped;
    while (this.blocks.length > 1 && (this.size > this.mostRows || this.byteSize() > this.mostBytes)) {
      const block = this.blocks.shift();
      this.starts.shift();
      if (block) this.forget(block);
    }
    if (this.dropped === before) return false;
    this.cursors.oldest = this.findOldestCursor();
    return true;
  }

  row(seq: number): LogRow | undefined {
    return this.at(seq, (block, index) => block.rowAt(index, seq));
  }

  /** The words of a line as they are read and searched; undefined for gaps and events. */
  words(seq: number): string | undefined {
    return this.at(seq, (block, index) =>
      block.levelAt(index) === null ? undefined : toPlainText(block.textAt(index)),
    );
  }

  level(seq: number): Level | null {
    return this.at(seq, (block, index) => block.levelAt(index)) ?? null;
  }

  stream(seq: number): 'stdout' | 'stderr' | undefined {
    return this.at(seq, (block, index) => block.streamAt(index));
  }

  /** It looks like it goes on with what the line before began. */
  goesOn(seq: number): boolean {
    return this.at(seq, (block, index) => block.goesOnAt(index)) ?? false;
  }

  /** One number for its log and stream; null for a gap or an event. */
  originOf(seq: number): number | null {
    return this.at(seq, (block, index) => block.originAt(index)) ?? null;
  }

  /** When a row was written, in milliseconds; 0 where it does not tell. */
  timeAt(seq: number): number {
    return this.at(seq, (block, index) => block.timeAt(index)) ?? 0;
  }

  /** The row of a line's cursor, looked for from the newest back. */
  find(cursor: string): number | undefined {
    for (let seq = this.end - 1; seq >= this.first; seq -= 1) {
      const row = this.row(seq);
      if (row?.kind === 'line' && row.cursor === cursor) return seq;
    }
    return undefined;
  }

  /** The last line written no later than a moment; lines stand in the order of their times, nearly. */
  findAt(at: string): number | undefined {
    for (let seq = this.end - 1; seq >= this.first; seq -= 1) {
      const row = this.row(seq);
      if (row?.kind === 'line' && row.at <= at) return seq;
    }
    return undefined;
  }

  private at<Value>(seq: number, read: (block: LogBlock, index: number) => Value): Value | undefined {
    if (seq < this.first || seq >= this.end) return undefined;
    const place = this.blockOf(seq);
    const block = this.blocks[place];
    return block ? read(block, seq - (this.starts[place] ?? 0)) : undefined;
  }

  /** Rows are asked for in their order: nearly always it is the block of the last one, or the next. */
  private blockOf(seq: number): number {
    for (const near of [this.lastBlock, this.lastBlock + 1])
      if ((this.starts[near] ?? Infinity) <= seq && seq < (this.starts[near + 1] ?? Infinity))
        return (this.lastBlock = near);
    return (this.lastBlock = this.searchBlock(seq));
  }

  private searchBlock(seq: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= seq) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The number after the last row that was written no later than a moment, and after what goes with that row. */
  private placeFor(at: string): number {
    for (let seq = this.end - 1, place = this.end; seq >= this.first; seq -= 1) {
      const row = this.row(seq);
      if (row?.kind === 'gap') continue;
      if (row && row.at <= at) return place;
      place = seq;
    }
    return this.first;
  }

  /** Takes the rows from one on out again. */
  private cutOff(from: number): LogRow[] {
    const rows: LogRow[] = [];
    for (let seq = from; seq < this.end; seq += 1) {
      const row = this.row(seq);
      if (!row) continue;
      rows.push(row);
      if (row.kind === 'line') this.counts[row.level] -= 1;
    }
    while ((this.starts.at(-1) ?? -Infinity) >= from) {
      this.starts.pop();
      this.blocks.pop();
    }
    this.blocks.at(-1)?.cutOff(from - (this.starts.at(-1) ?? 0));
    return rows;
  }

  private blockToAppend(number = this.end): LogBlock {
    const last = this.blocks.at(-1);
    if (last && !last.isFull) return last;
    const block = new LogBlock();
    this.starts.push(number);
    this.blocks.push(block);
    return block;
  }

  private addAgain(block: LogBlock, row: LogRow): void {
    if (row.kind !== 'line') return block.addNote(row);
    const words = toPlainText(row.text);
    block.addLine(row, levelOf(words) === 'unknown' && isContinuation(words));
    this.counts[row.level] += 1;
  }

  private add(block: LogBlock, row: NewRow, before: Map<number, Level>): void {
    if (row.kind !== 'line') return block.addNote(row);
    const words = toPlainText(row.text);
    const own = levelOf(words);
    const source = row.source ?? 0;
    const goesOn = own === 'unknown' && isContinuation(words);
    const level = goesOn ? (before.get(source) ?? 'unknown') : own;
    before.set(source, level);
    block.addLine({ ...row, level }, goesOn);
    this.counts[level] += 1;
  }

  private forget(block: LogBlock): void {
    for (let index = 0; index < block.size; index += 1) {
      const level = block.levelAt(index);
      if (level !== null) this.counts[level] -= 1;
    }
    this.dropped += block.size;
  }

  private findOldestCursor(): string | null {
    const most = Math.min(this.end, this.first + ROWS_PER_BLOCK);
    for (let seq = this.first; seq < most; seq += 1) {
      const row = this.row(seq);
      if (row?.kind === 'line') return row.cursor;
    }
    return this.cursors.newest;
  }

  private byteSize(): number {
    return this.blocks.reduce((bytes, block) => bytes + block.byteSize, 0);
  }
}
