import { Buffer, isUtf8 } from 'node:buffer';
import { type ArchiveEntry, ArchiveRefused } from './archive.js';
import { ByteQueue } from './byte-queue.js';

const BLOCK = 512;
const ZEROS = Buffer.alloc(BLOCK);
/** What stands before an entry whose name is long; nothing real is longer. */
const MOST_EXTENDED_BYTES = 64 * 1024;
/** Programs fill up to a whole tape block. */
const MOST_END_BYTES = 1024 * 1024;
/** What every file system holds: the year 2106. */
const LATEST_MS = 0xffff_ffff * 1000;

/** What was said of the next entry ahead of it. */
interface Ahead {
  path?: Buffer;
  sizeBytes?: number;
  modifiedAtMs?: number;
}
type Header = ReturnType<typeof readHeader>;

/** The entries of a `.tar` in their order: of the old kind, of POSIX and of GNU. Anything but files and folders is refused. */
export async function* readTar(source: AsyncIterable<Buffer>): AsyncGenerator<ArchiveEntry> {
  const queue = new ByteQueue(source);
  let ahead: Ahead | null = null;
  for (;;) {
    const block = await queue.take(BLOCK);
    if (block.equals(ZEROS)) {
      if (ahead) throw new ArchiveRefused('broken');
      return endsHere(queue);
    }
    const header = readHeader(block);
    if (header.type === 'g' || header.type === 'x' || header.type === 'L') {
      if (header.sizeBytes > MOST_EXTENDED_BYTES) throw new ArchiveRefused('broken');
      const said = await queue.take(header.sizeBytes);
      await queue.skip(paddingOf(header.sizeBytes));
      if (header.type === 'g') assertHarmless(said);
      else if (ahead) throw new ArchiveRefused('broken');
      else ahead = header.type === 'L' ? { path: untilZero(said) } : aheadOf(said);
      continue;
    }
    const entry = entryOf(header, ahead ?? {}, queue);
    ahead = null;
    yield entry.entry;
    await entry.rest();
  }
}

function entryOf(header: Header, ahead: Ahead, queue: ByteQueue) {
  const raw = ahead.path ?? header.path;
  const path = isUtf8(raw) ? raw.toString('utf8') : raw.toString('latin1');
  const kind = kindOf(header.type, raw);
  if (kind === undefined) throw new ArchiveRefused(faultOf(header.type), path);
  if (!isUtf8(raw)) throw new ArchiveRefused('name', path);
  const sizeBytes = ahead.sizeBytes ?? header.sizeBytes;
  if (!Number.isSafeInteger(sizeBytes)) throw new ArchiveRefused('bytes', path);
  if (kind === 'folder' && sizeBytes > 0) throw new ArchiveRefused('broken', path);
  let left = sizeBytes;
  async function* bytes(): AsyncGenerator<Buffer> {
    while (left > 0) {
      const piece = await queue.some(left);
      left -= piece.length;
      yield piece;
    }
  }
  const entry: ArchiveEntry = { path, kind, sizeBytes, packedBytes: null, mode: header.mode, modifiedAtMs: timeOf(ahead.modifiedAtMs ?? header.modifiedAtMs), bytes }; // prettier-ignore
  return { entry, rest: () => queue.skip(left + paddingOf(sizeBytes)) };
}

/** What no file can have is not said. */
const timeOf = (ms: number): number | null => (Number.isSafeInteger(ms) && ms <= LATEST_MS ? ms : null);

/** A name that ends in a slash was a folder before there was a kind for it. */
function kindOf(type: string, path: Buffer): 'file' | 'folder' | undefined {
  if (type === '5') return 'folder';
  if (type !== '0' && type !== '\0') return undefined;
  return path.at(-1) === 0x2f ? 'folder' : 'file';
}

const faultOf = (type: string): 'link' | 'special' => ('12K'.includes(type) ? 'link' : 'special');

function readHeader(block: Buffer) {
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  if (numberOf(block.subarray(148, 156)) !== sum) throw new ArchiveRefused('broken');
  const name = untilZero(block.subarray(0, 100));
  const isPosix = block.subarray(257, 263).equals(Buffer.from('ustar\0'));
  const prefix = isPosix ? untilZero(block.subarray(345, 500)) : Buffer.alloc(0);
  return {
    path: prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), name]) : name,
    mode: numberOf(block.subarray(100, 108)) & 0o777,
    sizeBytes: numberOf(block.subarray(124, 136)),
    modifiedAtMs: numberOf(block.subarray(136, 148)) * 1000,
    type: String.fromCharCode(block[156] ?? 0),
  };
}

/** Octal digits, or base 256 where the first bit says so. */
function numberOf(field: Buffer): number {
  if ((field[0] ?? 0) & 0x80) {
    const value = field.reduce((total, byte, at) => total * 256 + (at === 0 ? byte & 0x7f : byte), 0);
    // A negative number has its next bit set as well, and there is nothing here that could be one.
    return (field[0] ?? 0) & 0x40 ? Number.POSITIVE_INFINITY : value;
  }
  const digits = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trimStart();
  if (digits === '') return 0;
  if (!/^[0-7]+$/.test(digits)) throw new ArchiveRefused('broken');
  return Number.parseInt(digits, 8);
}

/** The records of POSIX: `<length> <key>=<value>\n`, each as long as it says. */
function* recordsOf(said: Buffer): Generator<readonly [string, Buffer]> {
  for (let at = 0; at < said.length;) {
    const space = said.indexOf(0x20, at);
    const digits = space < 0 ? '' : said.toString('latin1', at, space);
    const length = /^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : 0;
    const record = said.subarray(space + 1, at + length);
    const equals = record.indexOf(0x3d);
    if (length === 0 || at + length > said.length || record.at(-1) !== 0x0a || equals < 1)
      throw new ArchiveRefused('broken');
    yield [record.toString('utf8', 0, equals), record.subarray(equals + 1, -1)];
    at += length;
  }
}

function aheadOf(said: Buffer): Ahead {
  const ahead: Ahead = {};
  for (const [key, value] of recordsOf(said)) {
    if (key.startsWith('GNU.sparse.')) throw new ArchiveRefused('special');
    if (key === 'path') {
      if (ahead.path || value.includes(0)) throw new ArchiveRefused('broken');
      ahead.path = value;
    }
    if (key === 'size') ahead.sizeBytes = decimalOf(value);
    if (key === 'mtime') ahead.modifiedAtMs = Math.floor(decimalOf(value) * 1000);
  }
  return ahead;
}

/** For all that follows: a comment or a time is, another name for everything is not. */
function assertHarmless(said: Buffer): void {
  for (const [key] of recordsOf(said))
    if (['path', 'linkpath', 'size'].includes(key) || key.startsWith('GNU.sparse.')) throw new ArchiveRefused('broken');
}

function decimalOf(value: Buffer): number {
  const digits = value.toString('latin1');
  if (!/^-?\d{1,30}(\.\d{1,12})?$/.test(digits)) throw new ArchiveRefused('broken');
  return Math.max(0, Number(digits));
}

function untilZero(field: Buffer): Buffer {
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

const paddingOf = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK;

/** After the first empty block there is nothing but emptiness. */
async function endsHere(queue: ByteQueue): Promise<void> {
  for (let read = 0; ;) {
    const piece = await queue.someOrEnd(BLOCK * 16);
    if (piece.length === 0) return;
    read += piece.length;
    if (read > MOST_END_BYTES || piece.some((byte) => byte !== 0)) throw new ArchiveRefused('trailing');
  }
}
