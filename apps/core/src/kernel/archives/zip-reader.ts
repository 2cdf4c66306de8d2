import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { type ArchiveBytes, type ArchiveEntry, ArchiveRefused } from './archive.js';

const PIECE_BYTES = 256 * 1024;
const LOCAL_HEADER_BYTES = 30;
/** What the directory says of all entries together, beside their contents. */
const MOST_DIRECTORY_BYTES = 32 * 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;
const UNIX = 3;
const KIND_BITS = 0o170_000;

/** The entries of a `.zip` as its directory has them, each held against what stands before its own bytes. */
export async function* readZip(source: ArchiveBytes, mostEntries: number): AsyncGenerator<ArchiveEntry> {
  const zip = await told(null, () =>
    fromRandomAccessReaderPromise(new Reader(source), source.sizeBytes, {
      autoClose: false,
      strictFileNames: true,
      // Names are decoded below, so that what cannot be is refused and not replaced.
      decodeStrings: false,
    }),
  );
  try {
    if (zip.entryCount > mostEntries) throw new ArchiveRefused('entries');
    const entries: Entry[] = [];
    await told(null, async () => {
      let said = 0;
      for await (const entry of zip.eachEntry()) {
        said += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
        if (said > MOST_DIRECTORY_BYTES) throw new ArchiveRefused('entries');
        entries.push(entry);
      }
    });
    assertApart(entries);
    for (const entry of entries) yield await entryOf(zip, entry);
  } finally {
    zip.close();
  }
}

async function entryOf(zip: ZipFile, entry: Entry): Promise<ArchiveEntry> {
  const path = nameOf(entry);
  if (entry.isEncrypted()) throw new ArchiveRefused('encrypted', path);
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw new ArchiveRefused('method', path);
  const local = await told(path, () => zip.readLocalFileHeaderPromise(entry));
  if (!local.fileName.equals(entry.fileNameRaw) || local.compressionMethod !== entry.compressionMethod)
    throw new ArchiveRefused('broken', path);
  const bits = entry.versionMadeBy >> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0;
  const kind = path.endsWith('/') ? 'folder' : 'file';
  assertKind(bits & KIND_BITS, kind, path);
  if (kind === 'folder' && entry.uncompressedSize > 0) throw new ArchiveRefused('broken', path);
  return {
    path,
    kind,
    sizeBytes: entry.uncompressedSize,
    packedBytes: entry.compressedSize,
    mode: (bits & 0o777) === 0 ? null : bits & 0o777,
    modifiedAtMs: entry.getLastModDate({ timezone: 'UTC' }).getTime(),
    bytes: () => bytesOf(zip, entry, path),
  };
}

/** As long as it says, and with the sum it says. */
async function* bytesOf(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Buffer> {
  const stream = await told(path, () => zip.openReadStreamPromise(entry));
  let [sum, length] = [0, 0];
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      sum = crc32(piece, sum);
      length += piece.length;
      yield piece;
    }
  } catch (error) {
    throw toRefusal(error, path);
  } finally {
    stream.destroy();
  }
  if (sum !== entry.crc32 || length !== entry.uncompressedSize) throw new ArchiveRefused('broken', path);
}

function nameOf({ fileNameRaw }: Entry): string {
  const name = fileNameRaw.toString('utf8');
  // Whoever wrote it in the letters of an old PC wrote no UTF-8: nothing says which letters, so it is not guessed.
  if (!Buffer.from(name).equals(fileNameRaw)) throw new ArchiveRefused('name', fileNameRaw.toString('latin1'));
  return name;
}

function assertKind(bits: number, kind: 'file' | 'folder', path: string): void {
  if (bits === 0o120_000) throw new ArchiveRefused('link', path);
  const own = kind === 'folder' ? 0o040_000 : 0o100_000;
  if (bits !== 0 && bits !== own) throw new ArchiveRefused('special', path);
}

/** No byte belongs to two entries: a small archive could else be endlessly large. */
function assertApart(entries: readonly Entry[]): void {
  const spans = entries
    .map((entry) => ({
      entry,
      from: entry.relativeOffsetOfLocalHeader,
      to: entry.relativeOffsetOfLocalHeader + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize,
    }))
    .sort((one, other) => one.from - other.from);
  spans.forEach(({ entry, from }, index) => {
    const before = spans[index - 1];
    if (before && from < before.to) throw new ArchiveRefused('overlap', entry.fileNameRaw.toString('utf8'));
  });
}

class Reader extends RandomAccessReader {
  constructor(private readonly source: ArchiveBytes) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(this.source, start, end), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    // prettier-ignore
    fill(this.source, buffer.subarray(offset, offset + length), position).then(
      () => done(null),
      (error: unknown) => done(error instanceof Error ? error : new Error('It could not be read.', { cause: error })),
    );
  }

  override close(done: (error: Error | null) => void): void {
    done(null);
  }
}

async function* piecesOf(source: ArchiveBytes, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const piece = await source.read(at, Math.min(PIECE_BYTES, end - at));
    if (piece.length === 0) throw new ArchiveRefused('changed');
    at += piece.length;
    yield piece;
  }
}

async function fill(source: ArchiveBytes, into: Buffer, position: number): Promise<void> {
  for (let at = 0; at < into.length;) {
    const piece = await source.read(position + at, into.length - at);
    if (piece.length === 0) throw new ArchiveRefused('broken');
    at += piece.copy(into, at);
  }
}

async function told<Result>(path: string | null, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toRefusal(error, path);
  }
}

/** What the library and zlib say of an archive they cannot read; what a disk says is no fault of the archive. */
function toRefusal(error: unknown, path: string | null): unknown {
  if (error instanceof ArchiveRefused) return error;
  const isOfADisk = error instanceof Error && 'syscall' in error;
  return isOfADisk ? error : Object.assign(new ArchiveRefused('broken', path), { cause: error });
}
