import { closeSync, constants, ftruncateSync, mkdirSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs'; // prettier-ignore
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isMissing } from '../../kernel/disk/open-folder.js';
import { endAtLastLine } from '../../kernel/disk/whole-lines.js';
import { Mutex } from '../../kernel/mutex.js';
import {
  inOrder,
  momentOf,
  outdated,
  overfull,
  parseSegmentName,
  type Segment,
  SEGMENT_BYTES,
  SEGMENT_MS,
  toSegmentName,
} from './segments.rules.js';

const PART = '.part';
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
/** With less free space on its disk nothing is kept: the core itself needs some. */
const LEAST_FREE_BYTES = 256 * 1024 * 1024;
const pack = promisify(gzip);

/** The disk is full, or nearly so. */
export class NoRoom extends Error {}

export interface Limits {
  readonly mostBytes: number;
  readonly nowMs: () => number;
  /** Before another segment is begun. */
  readonly onGrowth?: () => void;
  readonly onPackFailed: (error: unknown) => void;
  readonly freeBytes?: (folder: string) => number;
}

/** The pieces of one kept log on the disk; rows are added whole, and what is there is whole however the core ends. */
export class LogSegments {
  private file: number | undefined;
  private readonly turn = new Mutex();

  private constructor(
    private readonly folder: string,
    private readonly limits: Limits,
    private segments: Segment[],
  ) {}

  /** Mends what a core that was killed left. */
  static async open(folder: string, limits: Limits): Promise<LogSegments> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder))
      if (name.endsWith(PART)) await rm(path.join(folder, name), { force: true });
    const { segments, superfluous } = inOrder(await segmentsIn(folder));
    for (const each of superfluous) await rm(path.join(folder, toSegmentName(each)), { force: true });
    const mended = segments.map((each) =>
      each.packed ? each : { ...each, bytes: endAtLastLine(path.join(folder, toSegmentName(each))) },
    );
    return new LogSegments(folder, limits, mended);
  }

  get bytes(): number {
    return this.segments.reduce((all, { bytes }) => all + bytes, 0);
  }

  /** Whole or not at all. */
  append(rows: readonly string[]): void {
    const bytes = Buffer.from(`${rows.join('\n')}\n`);
    const nowMs = this.limits.nowMs();
    let last = this.segments.at(-1);
    if (!last || last.packed || isFull(last, bytes.length, nowMs)) last = this.begin(nowMs, momentOf(rows) ?? nowMs);
    this.file ??= openSync(this.placeOf(last), APPEND, 0o600);
    if (writeSync(this.file, bytes) < bytes.length) {
      ftruncateSync(this.file, last.bytes);
      throw new NoRoom('The disk took only a part of it.');
    }
    this.segments[this.segments.length - 1] = { ...last, bytes: last.bytes + bytes.length, writtenAtMs: nowMs };
  }

  /** Lets go of what is too old, and packs what was begun long ago. */
  async age(beforeMs: number): Promise<void> {
    for (const each of outdated(this.segments, beforeMs)) this.drop(each);
    const last = this.segments.at(-1);
    if (last && !last.packed && isFull(last, 0, this.limits.nowMs())) this.packSoon(last);
    await this.turn.run(() => Promise.resolve());
  }

  /** False where nothing but the newest is left. */
  dropOldest(): boolean {
    const [oldest] = this.segments;
    if (!oldest || this.segments.length < 2) return false;
    this.drop(oldest);
    return true;
  }

  /** Nothing more is written. */
  async end(): Promise<void> {
    for (const each of this.segments) if (!each.packed) this.packSoon(each);
    await this.turn.run(() => Promise.resolve());
  }

  /** As it is; it may be opened and added to again. */
  async close(): Promise<void> {
    this.closeFile();
    await this.turn.run(() => Promise.resolve());
  }

  private begin(nowMs: number, fromMs: number): Segment {
    this.limits.onGrowth?.();
    if ((this.limits.freeBytes ?? freeBytes)(this.folder) < LEAST_FREE_BYTES)
      throw new NoRoom('The disk is nearly full: logs are not kept until there is room.');
    this.closeFile();
    const last = this.segments.at(-1);
    if (last && !last.packed) this.packSoon(last);
    for (const each of overfull(this.segments, this.limits.mostBytes)) this.drop(each);
    const begun = {
      number: (last?.number ?? 0) + 1,
      fromMs,
      packed: false,
      bytes: 0,
      begunAtMs: nowMs,
      writtenAtMs: nowMs,
    };
    this.segments.push(begun);
    return begun;
  }

  private packSoon(segment: Segment): void {
    if (segment === this.segments.at(-1)) this.closeFile();
    this.turn.run(() => this.pack(segment)).catch(this.limits.onPackFailed); // it stays as it is, and counts as that
  }

  private async pack({ number }: Segment): Promise<void> {
    const segment = this.segments.find((each) => each.number === number);
    if (!segment || segment.packed) return;
    const place = this.placeOf(segment);
    const packed = this.placeOf({ ...segment, packed: true });
    const rows = await readFile(place).catch(exceptMissing);
    if (!rows) return; // it was let go meanwhile
    const bytes = await pack(rows);
    try {
      await writeFile(packed + PART, bytes, { mode: 0o600 });
      await utimes(packed + PART, new Date(segment.writtenAtMs), new Date(segment.writtenAtMs));
      await rename(packed + PART, packed);
    } catch (error) {
      await rm(packed + PART, { force: true });
      throw error;
    }
    await rm(place, { force: true });
    const now = this.segments.findIndex((each) => each.number === number);
    if (now >= 0) this.segments[now] = { ...segment, packed: true, bytes: bytes.length };
    else await rm(packed, { force: true });
  }

  private drop(segment: Segment): void {
    this.segments = this.segments.filter(({ number }) => number !== segment.number);
    try {
      unlinkSync(this.placeOf(segment));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  private placeOf(segment: Pick<Segment, 'number' | 'fromMs' | 'packed'>): string {
    return path.join(this.folder, toSegmentName(segment));
  }

  private closeFile(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }
}

/** In no order; none where there is no folder. */
export async function segmentsIn(folder: string): Promise<Segment[]> {
  const names = await readdir(folder).catch(exceptMissing);
  const found = await Promise.all(
    (names ?? []).map(async (name): Promise<Segment[]> => {
      const parsed = parseSegmentName(name);
      const facts = parsed && (await stat(path.join(folder, name)).catch(exceptMissing));
      return parsed && facts
        ? [{ ...parsed, bytes: facts.size, begunAtMs: facts.birthtimeMs, writtenAtMs: Math.round(facts.mtimeMs) }]
        : [];
    }),
  );
  return found.flat();
}

export function exceptMissing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}

const isFull = ({ bytes, begunAtMs }: Segment, more: number, nowMs: number): boolean =>
  bytes > 0 && (bytes + more > SEGMENT_BYTES || nowMs - begunAtMs > SEGMENT_MS);

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
