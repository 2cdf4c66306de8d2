import type { LogLine } from '@bailiwick/contract';
import type { EngineLogLine } from '../../foundation/environments/engine.js';
import { invalid } from '../../kernel/errors.js';
import type { LineRedactor } from './line-redactor.rules.js';

/** A line the engine split is put together again up to this size; what is longer goes on as another line. */
export const LINE_BYTES = 256 * 1024;
/** Two streams of one container may be written a moment out of order; a resumed read starts that much earlier. */
export const OVERLAP_NS = 250_000_000n;

const ENGINE_PART = 12;
const HASHED_UNITS = 48;
const REMEMBERED_MOMENTS = 1024; // a power of two
const UNIT_NS: Readonly<Record<string, bigint>> = {
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
};

/** Where a reader stands: which engine container, which nanosecond, and which line within it. */
export interface LogPosition {
  readonly engine: string;
  readonly atNs: bigint;
  readonly ordinal: number;
  readonly text: string;
}

/** `text` is without what the container was told in confidence. */
export interface NumberedLine extends LogLine {
  readonly atNs: bigint;
  /** As it was written, where that differs; for who may read secrets. */
  readonly plain: string | null;
}

const CURSOR = /^([0-9a-zA-Z]{1,12})\.([0-9]{1,20})\.([0-9]{1,9})\.[0-9a-z]{1,8}$/;

/** Undefined where the text was never a cursor of ours. */
export function findPosition(cursor: string): LogPosition | undefined {
  const [, engine, atNs, ordinal] = CURSOR.exec(cursor) ?? [];
  if (engine === undefined || atNs === undefined || ordinal === undefined) return undefined;
  return { engine, atNs: BigInt(atNs), ordinal: Number(ordinal), text: cursor };
}

export function parseCursor(path: string, text: string): LogPosition {
  const position = findPosition(text);
  if (!position) throw invalid([{ path, code: 'invalid_cursor', message: 'This is not a cursor of a log line.' }]);
  return position;
}

export const isPositionIn = (position: LogPosition, engineId: string): boolean =>
  position.engine === enginePart(engineId);

const enginePart = (engineId: string): string => engineId.replaceAll(/[^0-9a-zA-Z]/g, '').slice(0, ENGINE_PART);

/** Puts split lines together, per stream. */
export class LineJoiner {
  private readonly begun = new Map<EngineLogLine['stream'], { first: EngineLogLine; parts: string[]; bytes: number }>();

  /** The whole line this piece ends, or undefined while it goes on. */
  push(piece: EngineLogLine): EngineLogLine | undefined {
    const begun = this.begun.get(piece.stream);
    if (!begun && !piece.partial) return piece;
    const line = begun ?? { first: piece, parts: [], bytes: 0 };
    line.parts.push(piece.text);
    line.bytes += Buffer.byteLength(piece.text);
    if (piece.partial && line.bytes < LINE_BYTES) {
      this.begun.set(piece.stream, line);
      return undefined;
    }
    this.begun.delete(piece.stream);
    return { ...line.first, text: line.parts.join(''), partial: false };
  }
}

/** Gives every line its cursor; the same lines read again from any earlier moment get the same ones. */
export class LineNumbering {
  private readonly engine: string;
  private readonly moments = new Array<bigint>(REMEMBERED_MOMENTS).fill(-1n);
  private readonly counts = new Uint32Array(REMEMBERED_MOMENTS);
  private latest = 0;
  private newestNs = -1n;
  private second = -1n;
  private secondText = '';

  constructor(
    engineId: string,
    private readonly redactor: LineRedactor,
  ) {
    this.engine = enginePart(engineId);
  }

  number({ atNs, stream, text: written }: EngineLogLine): NumberedLine {
    const text = this.redactor.redact(written);
    // Of the line without secrets: a hash of one would let somebody try which secret it is.
    const cursor = `${this.engine}.${atNs}.${this.ordinalAt(atNs)}.${hashOf(stream, text)}`;
    return { cursor, atNs, at: this.toIso(atNs), stream, text, plain: text === written ? null : written };
  }

  /** How many lines of this very nanosecond came before. Nearly always the moment is the latest or a new one. */
  private ordinalAt(atNs: bigint): number {
    if (atNs > this.newestNs) {
      this.newestNs = atNs;
      return this.remember(atNs);
    }
    const place = this.moments[this.latest] === atNs ? this.latest : this.moments.indexOf(atNs);
    if (place < 0) return this.remember(atNs);
    const ordinal = this.counts[place] ?? 0;
    this.counts[place] = ordinal + 1;
    return ordinal;
  }

  private remember(atNs: bigint): number {
    this.latest = (this.latest + 1) & (REMEMBERED_MOMENTS - 1);
    this.moments[this.latest] = atNs;
    this.counts[this.latest] = 1;
    return 0;
  }

  /** Lines come in bursts: the text of a second is made once. */
  private toIso(atNs: bigint): string {
    const second = atNs / 1_000_000_000n;
    if (second !== this.second) {
      this.second = second;
      this.secondText = new Date(Number(second) * 1000).toISOString().slice(0, 20);
    }
    return `${this.secondText}${String(atNs % 1_000_000_000n).padStart(9, '0')}Z`;
  }
}

/** FNV-1a over the head of a line and its length: enough to tell that a log was replaced, not a proof. */
function hashOf(stream: string, text: string): string {
  let hash = (0x811c9dc5 ^ stream.length ^ (text.length << 4)) >>> 0;
  for (let at = 0; at < text.length && at < HASHED_UNITS; at += 1)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(36);
}

/** Skips what a reader has: everything up to its line, in the order the engine kept. */
export class Resume {
  private seeking = true;
  /** The line is no longer kept although it was a moment ago. */
  lost = false;

  constructor(private readonly position: LogPosition) {}

  /** True for a line that comes after the position. */
  passes(line: NumberedLine): boolean {
    if (!this.seeking) return true;
    if (line.cursor === this.position.text) {
      this.seeking = false;
      return false;
    }
    if (line.atNs <= this.position.atNs + OVERLAP_NS) return false;
    this.seeking = false;
    this.lost = true;
    return true;
  }
}

/** The newest lines of a read, bounded in number and in bytes. */
export class LastLines {
  private lines: NumberedLine[] = [];
  private start = 0;
  private bytes = 0;
  /** Lines were let go: more stand before the first one. */
  dropped = false;

  constructor(
    private readonly limit: number,
    private readonly limitBytes: number,
  ) {}

  push(line: NumberedLine): void {
    this.lines.push(line);
    this.bytes += line.text.length;
    while (this.count > this.limit || (this.bytes > this.limitBytes && this.count > 1)) this.drop();
  }

  get count(): number {
    return this.lines.length - this.start;
  }

  toArray(): NumberedLine[] {
    return this.lines.slice(this.start);
  }

  private drop(): void {
    this.bytes -= this.lines[this.start]?.text.length ?? 0;
    this.start += 1;
    this.dropped = true;
    if (this.start < 1024 || this.start * 2 < this.lines.length) return;
    this.lines = this.lines.slice(this.start);
    this.start = 0;
  }
}

/** `12h` back from now, or an ISO moment, in nanoseconds. */
export function toNanoseconds(moment: string, nowMs: number): bigint {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(moment) ?? [];
  const unitNs = unit === undefined ? undefined : UNIT_NS[unit];
  if (count === undefined || unitNs === undefined) return isoNanoseconds(moment);
  const atNs = BigInt(nowMs) * 1_000_000n - BigInt(count) * unitNs;
  return atNs < 0n ? 0n : atNs;
}

/** Date keeps milliseconds; the digits behind them are ours to keep. */
function isoNanoseconds(moment: string): bigint {
  const [, fraction = ''] = /\.(\d+)/.exec(moment) ?? [];
  const wholeMs = Date.parse(moment.replace(/\.\d+/, ''));
  const atNs = BigInt(wholeMs) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  return atNs < 0n ? 0n : atNs;
}

/** What of a line somebody reads, who may read secrets or not. */
export const shownText = ({ text, plain }: Pick<NumberedLine, 'text' | 'plain'>, secrets: boolean): string =>
  secrets ? (plain ?? text) : text;

export const toLogLine = (line: NumberedLine, secrets: boolean): LogLine => ({
  cursor: line.cursor,
  at: line.at,
  stream: line.stream,
  text: shownText(line, secrets),
});

/** The row every reader gets, as JSON. Only the text can hold what needs escaping. */
export const toRowJson = ({ cursor, at, stream, text }: LogLine): string =>
  `{"type":"line","cursor":"${cursor}","at":"${at}","stream":"${stream}","text":${JSON.stringify(text)}}`;
