import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { LogFrameRow } from '@bailiwick/contract';
import type { LogPosition } from '../logs/logs.rules.js';
import { isIn, isOfStream, type LineRow, type Range, rowsBefore, rowsEarlier, toRows } from './kept-log.rules.js';
import { exceptMissing, segmentsIn } from './log-segments.js';
import { inOrder, type Segment, toSegmentName } from './segments.rules.js';

/** A packed piece holds no more than was written to it. */
const MOST_UNPACKED_BYTES = 16 * 1024 * 1024;
/** The first row of a piece may be a little younger than the next one. */
const LATE_MS = 60_000;
const unpack = promisify(gunzip);

export interface Asked extends Range {
  readonly before: LogPosition | undefined;
  readonly stream: LineRow['stream'] | undefined;
}

/** What is kept of the log of one container, read piece by piece from its end. */
export class KeptLog {
  constructor(private readonly folder: string) {}

  /** The oldest first. */
  async segments(): Promise<Segment[]> {
    return inOrder(await segmentsIn(this.folder)).segments;
  }

  /** Whole pieces of rows, the newest piece first; within a piece the oldest row first. */
  async *backwards(asked: Asked): AsyncGenerator<LogFrameRow[], void> {
    const { sinceNs, untilNs, stream } = asked;
    let seeking = asked.before;
    const latestMs = toMs(seeking?.atNs ?? untilNs);
    const segments = await this.segments();
    for (const segment of [...segments].reverse()) {
      if (latestMs !== null && segment.fromMs > latestMs + LATE_MS) continue;
      const all = await this.read(segment);
      let rows = all;
      if (seeking) {
        const found = rowsBefore(all, seeking);
        rows = found ?? rowsEarlier(all, seeking);
        if (found) seeking = undefined;
      }
      yield rows.filter((row) => isOfStream(row, stream) && (row.type !== 'line' || isIn(row, asked)));
      if (segment.fromMs + LATE_MS < (toMs(sinceNs) ?? 0)) return;
    }
  }

  async *lines(asked: Range): AsyncGenerator<LineRow, void> {
    for (const segment of await this.segments())
      for (const row of await this.read(segment)) if (row.type === 'line' && isIn(row, asked)) yield row;
  }

  async lastCursor(): Promise<string | undefined> {
    for await (const rows of this.backwards({ before: undefined, stream: undefined, sinceNs: null, untilNs: null })) {
      const line = rows.findLast((row) => row.type === 'line');
      if (line) return line.cursor;
    }
    return undefined;
  }

  /** It may be packed, or gone, by the time it is read. */
  private async read(segment: Segment): Promise<LogFrameRow[]> {
    const plain = segment.packed
      ? undefined
      : await readFile(this.placeOf(segment, false), 'utf8').catch(exceptMissing);
    if (plain !== undefined) return toRows(plain);
    const bytes = await readFile(this.placeOf(segment, true)).catch(exceptMissing);
    if (!bytes) return [];
    return toRows((await unpack(bytes, { maxOutputLength: MOST_UNPACKED_BYTES })).toString());
  }

  private placeOf(segment: Segment, packed: boolean): string {
    return path.join(this.folder, toSegmentName({ ...segment, packed }));
  }
}

const toMs = (atNs: bigint | null): number | null => (atNs === null ? null : Number(atNs / 1_000_000n));
