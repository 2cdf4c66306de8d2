import { Buffer } from 'node:buffer';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type ArchiveBytes, type ArchiveEntry, type ArchiveFormat, ArchiveRefused } from './archive.js';
import { assertRatio } from './archive-check.rules.js';
import { readTar } from './tar-reader.js';
import { readZip } from './zip-reader.js';

const PIECE_BYTES = 256 * 1024;
const TAR_MAGIC_AT = 257;
const MAGIC_BYTES = 512;

/** By what it begins with, whatever it is called. */
export async function formatOf(source: ArchiveBytes): Promise<ArchiveFormat> {
  const head = await source.read(0, MAGIC_BYTES);
  if (head.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return 'tar.gz';
  // The second one is an archive without an entry.
  if (['PK\u0003\u0004', 'PK\u0005\u0006'].includes(head.toString('latin1', 0, 4))) return 'zip';
  const isTar = head.toString('latin1', TAR_MAGIC_AT, TAR_MAGIC_AT + 5) === 'ustar';
  const isEmptyTar = source.sizeBytes >= 2 * MAGIC_BYTES && head.length === MAGIC_BYTES && head.every((byte) => byte === 0); // prettier-ignore
  if (isTar || isEmptyTar) return 'tar';
  throw new ArchiveRefused('unknown_format');
}

/** All entries one after the other. What an entry holds comes as it is read, and nothing of it stays in memory. */
export async function* readArchive(
  source: ArchiveBytes,
  format: ArchiveFormat,
  { mostEntries, signal }: { mostEntries: number; signal: AbortSignal },
): AsyncGenerator<ArchiveEntry> {
  const entries =
    format === 'zip' ? readZip(source, mostEntries) : readTar(format === 'tar' ? piecesOf(source) : gunzipped(source));
  for await (const entry of entries) {
    signal.throwIfAborted();
    yield entry;
  }
}

async function* gunzipped(source: ArchiveBytes): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: PIECE_BYTES });
  pipeline(Readable.from(piecesOf(source), { objectMode: false, highWaterMark: PIECE_BYTES }), gunzip, () => undefined); // what fails is thrown by the loop
  let made = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      made += piece.length;
      assertRatio(made, gunzip.bytesWritten, null);
      yield piece;
    }
  } catch (error) {
    if (error instanceof ArchiveRefused || (error instanceof Error && 'syscall' in error)) throw error;
    throw Object.assign(new ArchiveRefused('broken'), { cause: error });
  } finally {
    gunzip.destroy();
  }
  if (gunzip.bytesWritten !== source.sizeBytes) throw new ArchiveRefused('trailing');
}

async function* piecesOf(source: ArchiveBytes): AsyncGenerator<Buffer> {
  for (let at = 0; at < source.sizeBytes;) {
    const piece = await source.read(at, Math.min(PIECE_BYTES, source.sizeBytes - at));
    if (piece.length === 0) throw new ArchiveRefused('changed');
    at += piece.length;
    yield piece;
  }
}
