/** A piece of a kept log: lines of JSON, packed once nothing is added to it. */
export interface Segment {
  readonly number: number;
  /** The moment its first row tells. */
  readonly fromMs: number;
  readonly packed: boolean;
  /** What it takes of the disk. */
  readonly bytes: number;
  readonly begunAtMs: number;
  /** When it was last added to. */
  readonly writtenAtMs: number;
}

/** One that is as large is packed, and the next one begun. */
export const SEGMENT_BYTES = 1024 * 1024;
/** One that is as old is packed too, so that what is too old can go. */
export const SEGMENT_MS = 86_400_000;
const NAME = /^(\d{8})-(\d{13})\.jsonl(\.gz)?$/;

export const toSegmentName = ({ number, fromMs, packed }: Pick<Segment, 'number' | 'fromMs' | 'packed'>): string =>
  `${String(number).padStart(8, '0')}-${String(fromMs).padStart(13, '0')}.jsonl${packed ? '.gz' : ''}`;

/** Undefined for what is none. */
export function parseSegmentName(name: string): Pick<Segment, 'number' | 'fromMs' | 'packed'> | undefined {
  const [, number, fromMs, packed] = NAME.exec(name) ?? [];
  if (number === undefined || fromMs === undefined) return undefined;
  return { number: Number(number), fromMs: Number(fromMs), packed: packed !== undefined };
}

/** The oldest first, each once: one that is packed stands for itself before, which a killed core left beside it. */
export function inOrder(segments: readonly Segment[]): { segments: Segment[]; superfluous: Segment[] } {
  const sorted = [...segments].sort(
    (one, other) => one.number - other.number || Number(other.packed) - Number(one.packed),
  );
  const isTwin = (at: number) => sorted[at - 1]?.number === sorted[at]?.number;
  return { segments: sorted.filter((_, at) => !isTwin(at)), superfluous: sorted.filter((_, at) => isTwin(at)) };
}

/** The oldest that must go, so that all others and as much again as two being written fit. */
export function overfull(segments: readonly Segment[], mostBytes: number): Segment[] {
  const room = mostBytes - 2 * SEGMENT_BYTES;
  let bytes = segments.reduce((all, each) => all + each.bytes, 0);
  const gone: Segment[] = [];
  for (const each of segments) {
    if (bytes <= room) break;
    gone.push(each);
    bytes -= each.bytes;
  }
  return gone;
}

/** Those whose every row is too old. The newest stays: it says where its log goes on. */
export const outdated = (segments: readonly Segment[], beforeMs: number): Segment[] =>
  segments.slice(0, -1).filter(({ writtenAtMs }) => writtenAtMs < beforeMs);

export interface KeptFolder<Id> {
  readonly id: Id;
  readonly bytes: number;
  readonly writtenAtMs: number;
  /** Its container is gone. */
  readonly isGone: boolean;
}

/** Which folder gives way where all of them take too much: of what is gone the longest silent, then the largest. */
export function nextToShrink<Id>(
  folders: ReadonlyArray<KeptFolder<Id>>,
  mostBytes: number,
): KeptFolder<Id> | undefined {
  if (folders.reduce((all, { bytes }) => all + bytes, 0) <= mostBytes) return undefined;
  const [gone] = folders.filter(({ isGone }) => isGone).sort((one, other) => one.writtenAtMs - other.writtenAtMs);
  const [largest] = [...folders].sort((one, other) => other.bytes - one.bytes);
  return gone ?? largest;
}

/** The moment the first of these rows tells. */
export function momentOf(rows: readonly string[]): number | undefined {
  for (const row of rows) {
    const atMs = Date.parse(/"at":"([^"]{1,40})"/.exec(row.slice(0, 400))?.[1] ?? '');
    if (atMs >= 0) return atMs;
  }
  return undefined;
}

const POLICY = { off: 'off', all: 'all' } as const;

/** Whether the policy of the panel keeps logs of this tenant: `off`, `all`, or tenants by their slugs. */
export const isKept = (policy: readonly string[], slug: string | undefined): boolean =>
  policy.includes(POLICY.all) || (slug !== undefined && policy.includes(slug) && !policy.includes(POLICY.off));
