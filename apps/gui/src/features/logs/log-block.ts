import { type Level, LEVELS } from '@bailiwick/contract/log-levels';
import type { LogEventRow, LogGapRow, LogLineRow, LogRow } from './log-rows.ts';

export const ROWS_PER_BLOCK = 2048;
const FIRST_BYTES = 64 * 1024;
const NOTE = 255;
const SEPARATOR = '\u0000';
const encoder = new TextEncoder();
const decoder = new TextDecoder();

type Note = Omit<LogGapRow, 'seq'> | Omit<LogEventRow, 'seq'>;

/**
 * Up to 2,048 rows as bytes with their offsets: a third of the memory strings would take, and nothing for the garbage
 * collector to walk. What a row needs to be filtered (level, stream) stands beside, one byte each.
 */
export class LogBlock {
  private bytes = new Uint8Array(FIRST_BYTES);
  private used = 0;
  private readonly ends = new Uint32Array(ROWS_PER_BLOCK);
  private readonly textStarts = new Uint32Array(ROWS_PER_BLOCK);
  private readonly levels = new Uint8Array(ROWS_PER_BLOCK);
  private readonly streams = new Uint8Array(ROWS_PER_BLOCK);
  private readonly sources = new Uint8Array(ROWS_PER_BLOCK);
  private readonly continued = new Uint8Array(ROWS_PER_BLOCK);
  /** In milliseconds; 0 where a row tells no time. */
  private readonly times = new Float64Array(ROWS_PER_BLOCK);
  private readonly notes = new Map<number, Note>();
  size = 0;

  get isFull(): boolean {
    return this.size === ROWS_PER_BLOCK;
  }

  get byteSize(): number {
    return this.bytes.length;
  }

  addLine(line: Omit<LogLineRow, 'seq' | 'kind'>, goesOn: boolean): void {
    const head = `${line.cursor}${SEPARATOR}${line.at}`;
    this.reserve((head.length + line.text.length) * 3);
    this.textStarts[this.size] = this.used + this.write(head, this.used);
    const start = this.textStarts[this.size] ?? 0;
    this.used = start + this.write(line.text, start);
    this.levels[this.size] = LEVELS.indexOf(line.level);
    this.streams[this.size] = line.stream === 'stderr' ? 1 : 0;
    this.sources[this.size] = line.source ?? 0;
    this.continued[this.size] = goesOn ? 1 : 0;
    this.times[this.size] = Date.parse(line.at) || 0;
    this.ends[this.size] = this.used;
    this.size += 1;
  }

  addNote(note: Note): void {
    this.notes.set(this.size, note);
    this.levels[this.size] = NOTE;
    this.continued[this.size] = 0;
    this.times[this.size] = note.kind === 'event' ? Date.parse(note.at) || 0 : 0;
    this.textStarts[this.size] = this.used;
    this.ends[this.size] = this.used;
    this.size += 1;
  }

  /** Lets go of the rows from one on. */
  cutOff(index: number): void {
    this.size = index;
    this.used = index === 0 ? 0 : (this.ends[index - 1] ?? 0);
    for (const each of [...this.notes.keys()]) if (each >= index) this.notes.delete(each);
  }

  /** Null for a gap or an event: it belongs to no level and no stream. */
  levelAt(index: number): Level | null {
    return LEVELS[this.levels[index] ?? NOTE] ?? null;
  }

  streamAt(index: number): 'stdout' | 'stderr' {
    return this.streams[index] === 1 ? 'stderr' : 'stdout';
  }

  /** It goes on with what the line before it began. */
  goesOnAt(index: number): boolean {
    return this.continued[index] === 1;
  }

  /** One number for its log and stream; null for a gap or an event. */
  originAt(index: number): number | null {
    return this.levels[index] === NOTE ? null : (this.sources[index] ?? 0) * 2 + (this.streams[index] ?? 0);
  }

  timeAt(index: number): number {
    return this.times[index] ?? 0;
  }

  textAt(index: number): string {
    return decoder.decode(this.bytes.subarray(this.textStarts[index] ?? 0, this.ends[index] ?? 0));
  }

  rowAt(index: number, seq: number): LogRow {
    const note = this.notes.get(index);
    if (note) return { ...note, seq };
    const start = index === 0 ? 0 : (this.ends[index - 1] ?? 0);
    const [cursor = '', at = ''] = decoder
      .decode(this.bytes.subarray(start, this.textStarts[index] ?? 0))
      .split(SEPARATOR);
    const source = this.sources[index] ?? 0;
    return {
      kind: 'line',
      seq,
      ...(source === 0 ? {} : { source }),
      cursor,
      at,
      stream: this.streamAt(index),
      level: this.levelAt(index) ?? 'unknown',
      text: this.textAt(index),
    };
  }

  private write(text: string, at: number): number {
    return encoder.encodeInto(text, this.bytes.subarray(at)).written;
  }

  private reserve(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    grown.set(this.bytes.subarray(0, this.used));
    this.bytes = grown;
  }
}
