import type { LogLine } from '@bailiwick/contract';
import type { Engine, EngineLogLine, LogOptions } from '../../foundation/environments/engine.js';
import { unreachable } from '../../kernel/errors.js';
import type { LineRedactor } from './line-redactor.rules.js';
import {
  isPositionIn,
  LastLines,
  LineJoiner,
  LineNumbering,
  type LogPosition,
  type NumberedLine,
  OVERLAP_NS,
  Resume,
} from './logs.rules.js';

const READ_TIMEOUT_MS = 30_000;
/** A window opened at a line that was read a moment ago begins at once, or its stream is broken. */
const BEGIN_TIMEOUT_MS = 5_000;
const MAX_TAIL = 200_000;
/** An engine finds its last lines at once; a moment in a long log it looks for from the very beginning. */
const RECENT = 10_000;
/** How far back a page is looked for before the whole log is read. */
const SPANS_NS = [60_000_000_000n, 3_600_000_000_000n, 86_400_000_000_000n, null];

export interface LogRange {
  readonly sinceNs: bigint | null;
  readonly untilNs: bigint | null;
}

export interface PageRequest extends LogRange {
  readonly count: number;
  readonly stream: LogLine['stream'] | undefined;
  readonly before: LogPosition | undefined;
  readonly limitBytes: number;
}

export interface ReadPage {
  readonly lines: NumberedLine[];
  readonly more: boolean;
}

export interface SearchRequest {
  readonly before: LogPosition;
  /** How many pieces of lines from the end are read. */
  readonly depth: number;
  readonly matches: (line: NumberedLine) => boolean;
  readonly count: number;
  readonly limitBytes: number;
}

export interface SearchStep {
  readonly lines: NumberedLine[];
  readonly found: number;
  readonly scannedTo: NumberedLine | undefined;
  /** The log was read from its very beginning. */
  readonly whole: boolean;
}

/** The engine's pieces of lines; call `leave` when no more is wanted. */
interface Pieces {
  readonly pieces: AsyncIterator<EngineLogLine>;
  readonly leave: () => void;
}

/** How a read goes on; `lost` when lines between are gone, and how many is not known. */
export interface Continuation {
  readonly lost: 'rotated' | 'unknown' | null;
  readonly lines: AsyncGenerator<NumberedLine, void>;
}

/** The log one engine container keeps, as whole numbered lines. */
export class ContainerLog {
  constructor(
    private readonly engine: Engine,
    readonly engineId: string,
    /** What its container was told in confidence is not read out of it. */
    private readonly redactor: LineRedactor,
  ) {}

  /** The lines right before a position, or the last ones of a range. */
  page(request: PageRequest, signal?: AbortSignal): Promise<ReadPage> {
    if (request.before && !isPositionIn(request.before, this.engineId))
      return Promise.resolve({ lines: [], more: false });
    return withTimeout(signal, (limited) =>
      request.before === undefined && request.sinceNs === null && request.untilNs === null
        ? this.last(request, limited)
        : this.span(request, limited),
    );
  }

  /** Looks through those of the last lines that stand before a position; an engine finds its last lines at once. */
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchStep> {
    if (!isPositionIn(request.before, this.engineId))
      return Promise.resolve({ lines: [], found: 0, scannedTo: undefined, whole: true });
    return withTimeout(signal, (limited) => this.lookBack(request, limited));
  }

  private async lookBack({ before, depth, matches, count, limitBytes }: SearchRequest, signal: AbortSignal) {
    const joiner = new LineJoiner();
    const numbering = new LineNumbering(this.engineId, this.redactor);
    const kept = new LastLines(count, limitBytes);
    const found = { all: 0, uncut: 0 };
    const oldest: { all?: NumberedLine; uncut?: NumberedLine } = {};
    let cutNs: bigint | null = null;
    let pieces = 0;
    let over = false;
    const range = { sinceNs: null, untilNs: null, tail: depth, follow: false };
    for await (const piece of iterate(this.pieces(range, signal).pieces)) {
      pieces += 1; // to the end: only then it is known whether there is more before the first one
      cutNs ??= piece.atNs;
      const line: EngineLogLine | undefined = over ? undefined : joiner.push(piece);
      if (!line) continue;
      const numbered = numbering.number(line);
      over = numbered.cursor === before.text || line.atNs > before.atNs + OVERLAP_NS;
      if (over) continue;
      const isUncut = line.atNs > cutNs;
      oldest.all ??= numbered;
      if (isUncut) oldest.uncut ??= numbered;
      if (!matches(numbered)) continue;
      kept.push(numbered);
      found.all += 1;
      if (isUncut) found.uncut += 1;
    }
    const lines = kept.toArray();
    if (pieces < depth) return { lines, found: found.all, scannedTo: oldest.all, whole: true };
    const uncut = lines.filter(({ atNs }) => cutNs !== null && atNs > cutNs);
    return { lines: uncut, found: found.uncut, scannedTo: oldest.uncut, whole: false };
  }

  /** Whole lines in order. Reading pauses as long as nobody asks for the next one. */
  read(range: LogRange & { follow: boolean }, signal: AbortSignal): AsyncGenerator<NumberedLine, void> {
    return this.lines(range, undefined, signal);
  }

  /** Everything after a position (null: from the beginning), then what is written from now on until the container stops. */
  async after(position: LogPosition | null, signal: AbortSignal): Promise<Continuation> {
    const from = (sinceNs: bigint | null, resume?: Resume) =>
      this.lines({ sinceNs, untilNs: null, follow: true }, resume, signal);
    if (!position) return { lost: null, lines: from(null) };
    if (!isPositionIn(position, this.engineId)) return { lost: 'unknown', lines: from(null) };
    if (await withTimeout(signal, (limited) => this.isAmongRecent(position, limited))) {
      // Lines were written since it was looked for: the window may have moved past it.
      const recent = await this.onFrom(position, signal);
      if (recent) return { lost: null, lines: recent };
    }
    if (!(await withTimeout(signal, (limited) => this.keeps(position, limited))))
      return { lost: 'rotated', lines: from(position.atNs + 1n) };
    return { lost: null, lines: from(earlier(position), new Resume(position)) };
  }

  /** Whether a position is one of the last lines; false where it is older, or may be. */
  private async isAmongRecent(position: LogPosition, signal: AbortSignal): Promise<boolean> {
    const range = { sinceNs: null, untilNs: null, tail: RECENT, follow: false };
    const now = await this.window(range, position, signal);
    if (now) for await (const { cursor } of now) if (cursor === position.text) return true;
    return false;
  }

  private async onFrom(position: LogPosition, signal: AbortSignal) {
    const range = { sinceNs: null, untilNs: null, tail: RECENT, follow: true };
    return this.window(range, position, signal, new Resume(position));
  }

  /** The first moment of a window may be cut, so that its lines cannot be counted: the position must lie after it. */
  private async window(
    range: Omit<LogOptions, 'stdout' | 'stderr'>,
    { atNs }: LogPosition,
    signal: AbortSignal,
    resume?: Resume,
  ) {
    const { pieces, leave } = this.pieces(range, signal);
    const first = await inTime(pieces.next()).catch((error: unknown) => {
      leave();
      throw error;
    });
    if (!first.done && first.value.atNs < atNs) return this.numbered({ pieces, leave }, resume, first.value);
    leave();
    return undefined;
  }

  private lines(
    { sinceNs, untilNs, follow }: LogRange & { follow: boolean },
    resume: Resume | undefined,
    signal: AbortSignal,
  ) {
    return this.numbered(this.pieces({ sinceNs, untilNs, follow, tail: null }, signal), resume);
  }

  /** One generator for all of it: a log may bring a hundred thousand lines a second, and every layer costs on each. */
  private async *numbered({ pieces, leave }: Pieces, resume: Resume | undefined, first?: EngineLogLine) {
    const joiner = new LineJoiner();
    const numbering = new LineNumbering(this.engineId, this.redactor);
    try {
      const begun = first && joiner.push(first);
      if (begun) {
        const numbered = numbering.number(begun);
        if (!resume || resume.passes(numbered)) yield numbered;
      }
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
        const piece = next.value;
        const line = joiner.push(piece);
        if (!line) continue;
        const numbered = numbering.number(line);
        if (!resume || resume.passes(numbered)) yield numbered;
      }
    } finally {
      leave();
    }
  }

  private async keeps(position: LogPosition, signal: AbortSignal): Promise<boolean> {
    const range = { sinceNs: earlier(position), untilNs: position.atNs + OVERLAP_NS, follow: false };
    for await (const line of this.read(range, signal)) if (line.cursor === position.text) return true;
    return false;
  }

  /** The engine counts pieces from the end; the first moment it gives may be cut and is left out. */
  private async last({ count, stream, limitBytes }: PageRequest, signal: AbortSignal): Promise<ReadPage> {
    for (let asked = count * 2 + 16; ; asked = Math.min(asked * 4, MAX_TAIL)) {
      const joiner = new LineJoiner();
      const numbering = new LineNumbering(this.engineId, this.redactor);
      const all = new LastLines(count, limitBytes);
      const uncut = new LastLines(count, limitBytes);
      let cutNs: bigint | null = null;
      let pieces = 0;
      const range = { sinceNs: null, untilNs: null, tail: asked, follow: false };
      for await (const piece of iterate(this.pieces(range, signal).pieces)) {
        pieces += 1;
        cutNs ??= piece.atNs;
        const line = joiner.push(piece);
        if (!line) continue;
        const numbered = numbering.number(line);
        if (stream && line.stream !== stream) continue;
        all.push(numbered);
        if (line.atNs > cutNs) uncut.push(numbered);
      }
      if (pieces < asked) return { lines: all.toArray(), more: all.dropped };
      if (uncut.count >= count || uncut.dropped || asked === MAX_TAIL) return { lines: uncut.toArray(), more: true };
    }
  }

  private async span(request: PageRequest, signal: AbortSignal): Promise<ReadPage> {
    const { before, count } = request;
    const untilNs = before ? before.atNs + OVERLAP_NS : request.untilNs;
    const spans = before && request.sinceNs === null ? SPANS_NS : [null];
    let page: ReadPage = { lines: [], more: false };
    for (const span of spans) {
      const sinceNs = span === null || !before ? request.sinceNs : before.atNs - span;
      page = await this.lastOf({ ...request, sinceNs, untilNs }, signal);
      if (page.lines.length >= count || page.more) return { ...page, more: true };
    }
    return page;
  }

  private async lastOf({ sinceNs, untilNs, count, stream, before, limitBytes }: PageRequest, signal: AbortSignal) {
    const lines = new LastLines(count, limitBytes);
    for await (const line of this.read({ sinceNs, untilNs, follow: false }, signal)) {
      if (line.cursor === before?.text) return { lines: lines.toArray(), more: lines.dropped };
      if (!stream || line.stream === stream) lines.push(line);
    }
    const found = lines.toArray().filter(({ atNs }) => !before || atNs < before.atNs);
    return { lines: found, more: lines.dropped };
  }

  /** Call `leave` when no piece is wanted any more: it ends the engine's stream too. */
  private pieces(options: Omit<LogOptions, 'stdout' | 'stderr'>, signal: AbortSignal): Pieces {
    const reading = new AbortController();
    const leave = () => {
      signal.removeEventListener('abort', leave);
      reading.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    // Both streams always: ordinals within a nanosecond count over both.
    const lines = this.engine.logs(this.engineId, { ...options, stdout: true, stderr: true }, reading.signal);
    return { pieces: lines[Symbol.asyncIterator](), leave };
  }
}

const iterate = <Item>(iterator: AsyncIterator<Item>): AsyncIterable<Item> => ({
  [Symbol.asyncIterator]: () => iterator,
});

const earlier = ({ atNs }: LogPosition): bigint => (atNs > OVERLAP_NS ? atNs - OVERLAP_NS : 0n);

const tooSlow = (hint: string) => unreachable('engine_timeout', 'The engine took too long to read this log.', { hint });

/** Rejects with `engine_timeout`; whoever follows opens the stream again. */
async function inTime<Result>(beginning: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow('It is asked again.')), BEGIN_TIMEOUT_MS);
  });
  try {
    return await Promise.race([beginning, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function withTimeout<Result>(
  signal: AbortSignal | undefined,
  work: (limited: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timeout = AbortSignal.timeout(READ_TIMEOUT_MS);
  const late = () => tooSlow('Ask for a shorter range.');
  try {
    const result = await work(signal ? AbortSignal.any([signal, timeout]) : timeout);
    if (timeout.aborted) throw late();
    return result;
  } catch (error) {
    throw timeout.aborted ? late() : error;
  }
}
