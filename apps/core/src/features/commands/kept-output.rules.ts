/** The beginning of what a command says. */
export const HEAD_BYTES = 64 * 1024;
/** Of its end there are two such pieces, of which the older one goes when the newer one is full. */
export const TAIL_BYTES = 192 * 1024;

/** A file of what was said; it is named by where in the whole it begins. */
export interface Piece {
  readonly from: number;
  readonly bytes: number;
}

export const endOf = (pieces: readonly Piece[]): number => {
  const last = pieces.at(-1);
  return last ? last.from + last.bytes : 0;
};

/** Whether so many bytes more belong into a new piece. */
export function needsNew(pieces: readonly Piece[], moreBytes: number): boolean {
  const last = pieces.at(-1);
  if (!last) return true;
  const most = last.from === 0 ? HEAD_BYTES : TAIL_BYTES;
  return last.bytes > 0 && last.bytes + moreBytes > most;
}

/** Those that go: neither the beginning nor the last two. */
export const superfluous = (pieces: readonly Piece[]): readonly Piece[] => pieces.slice(1, -2);

/** Where to read on, in which piece; undefined where nothing comes after it. */
export function placeAfter(pieces: readonly Piece[], after: number): { piece: Piece; from: number } | undefined {
  const piece = pieces.find((each) => each.from + each.bytes > after);
  return piece && { piece, from: Math.max(after, piece.from) };
}

/** How many of these bytes are whole characters. */
export function wholeCharacters(bytes: Buffer): number {
  const LONGEST = 4;
  for (let back = 1; back <= Math.min(LONGEST, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
