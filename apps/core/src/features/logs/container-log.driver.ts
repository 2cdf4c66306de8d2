import type { LogLine } from '@bailiwick/contract';
import type { Engine, LogOptions } from '../../foundation/environments/engine.js';
import { unreachable } from '../../kernel/errors.js';
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
const PAGE_BYTES = 4 * 1024 * 1024;
const MAX_TAIL = 200_000;
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
}

export interface ReadPage {
  readonly lines: NumberedLine[];
  readonly more: boolean;
}

/** Lines between two reads are gone, and how many they were is not known. */
export interface LostLines {
  readonly lost: 'rotated' | 'unknown';
}

/** The log one engine container keeps, as whole numbered lines. */
export class ContainerLog {
  constructor(
    private readonly engine: Engine,
    readonly engineId: string,
  ) {}

  /** The lines right before a position, or the last ones of a range. */
  page(request: PageRequest, signal?: AbortSignal): Promise<ReadPage> {
    if (request.before && !isPositionIn(request.before, this.engineId))
      return Promise.resolve({ lines: [], more: false });
    return withTimeout(signal, (limited) =>
      request.before === undefined && request.sinceNs === null && request.untilNs === null
        ? this.last(request, limited)
        : this.window(request, limited),
    );
  }

  /** Whole lines in order. Reading pauses as long as nobody asks for the next one. */
  async *read(range: LogRange & { follow: boolean }, signal: AbortSignal): AsyncGenerator<NumberedLine, void> {
    const joiner = new LineJoiner();
    const numbering = new LineNumbering(this.engineId);
    for await (const piece of this.pieces({ ...range, tail: null }, signal)) {
      const line = joiner.push(piece);
      if (line) yield numbering.number(line);
    }
  }

  /** Everything after a position (null: from the beginning), then what is written from now on until the container stops. */
  async *after(position: LogPosition | null, signal: AbortSignal): AsyncGenerator<NumberedLine | LostLines, void> {
    if (!position) return yield* this.read({ sinceNs: null, untilNs: null, follow: true }, signal);
    if (!isPositionIn(position, this.engineId)) {
      yield { lost: 'unknown' };
      return yield* this.read({ sinceNs: null, untilNs: null, follow: true }, signal);
    }
    if (!(await this.keeps(position, signal))) {
      yield { lost: 'rotated' };
      return yield* this.read({ sinceNs: position.atNs + 1n, untilNs: null, follow: true }, signal);
    }
    const resume = new Resume(position);
    for await (const line of this.read({ sinceNs: earlier(position), untilNs: null, follow: true }, signal)) {
      if (!resume.passes(line)) continue;
      if (resume.lost) yield { lost: 'rotated' };
      resume.lost = false;
      yield line;
    }
  }

  private async keeps(position: LogPosition, signal: AbortSignal): Promise<boolean> {
    const range = { sinceNs: earlier(position), untilNs: position.atNs + OVERLAP_NS, follow: false };
    for await (const line of this.read(range, signal)) if (line.cursor === position.text) return true;
    return false;
  }

  /** The engine counts pieces from the end; the first moment it gives may be cut and is left out. */
  private async last({ count, stream }: PageRequest, signal: AbortSignal): Promise<ReadPage> {
    for (let asked = count * 2 + 16; ; asked = Math.min(asked * 4, MAX_TAIL)) {
      const joiner = new LineJoiner();
      const numbering = new LineNumbering(this.engineId);
      const all = new LastLines(count, PAGE_BYTES);
      const uncut = new LastLines(count, PAGE_BYTES);
      let cutNs: bigint | null = null;
      let pieces = 0;
      for await (const piece of this.pieces({ sinceNs: null, untilNs: null, tail: asked, follow: false }, signal)) {
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

  private async window(request: PageRequest, signal: AbortSignal): Promise<ReadPage> {
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

  private async lastOf({ sinceNs, untilNs, count, stream, before }: PageRequest, signal: AbortSignal) {
    const lines = new LastLines(count, PAGE_BYTES);
    for await (const line of this.read({ sinceNs, untilNs, follow: false }, signal)) {
      if (line.cursor === before?.text) return { lines: lines.toArray(), more: lines.dropped };
      if (!stream || line.stream === stream) lines.push(line);
    }
    const found = lines.toArray().filter(({ atNs }) => !before || atNs < before.atNs);
    return { lines: found, more: lines.dropped };
  }

  /** Leaving the loop early ends the engine's stream too. */
  private async *pieces(options: Omit<LogOptions, 'stdout' | 'stderr'>, signal: AbortSignal) {
    const reading = new AbortController();
    const leave = () => reading.abort();
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    try {
      // Both streams always: ordinals within a nanosecond count over both.
      yield* this.engine.logs(this.engineId, { ...options, stdout: true, stderr: true }, reading.signal);
    } finally {
      signal.removeEventListener('abort', leave);
      leave();
    }
  }
}

const earlier = ({ atNs }: LogPosition): bigint => (atNs > OVERLAP_NS ? atNs - OVERLAP_NS : 0n);

async function withTimeout<Result>(
  signal: AbortSignal | undefined,
  work: (limited: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timeout = AbortSignal.timeout(READ_TIMEOUT_MS);
  const result = await work(signal ? AbortSignal.any([signal, timeout]) : timeout);
  if (timeout.aborted)
    throw unreachable('engine_timeout', 'The engine took too long to read this log.', {
      hint: 'Ask for a shorter range.',
    });
  return result;
}
