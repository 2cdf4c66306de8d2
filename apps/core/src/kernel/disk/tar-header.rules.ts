import { Buffer } from 'node:buffer';

const TAR_BLOCK_BYTES = 512;
/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * TAR_BLOCK_BYTES);

export interface TarEntry {
  readonly kind: 'file' | 'folder' | 'link';
  /** Bytes, for a disk may have names that are no text. */
  readonly path: Buffer;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly sizeBytes: number;
  readonly modifiedAtS: number;
  /** Where a link leads. */
  readonly target?: Buffer;
}

const TYPES = { file: '0', folder: '5', link: '2' } as const;
const MOST_NAME_BYTES = 100;
/** What fits into seven and eleven octal digits. */
const MOST_ID = 0o7_777_777;
const MOST_SIZE = 0o77_777_777_777;

/** What stands before an entry in an archive of POSIX.1-2001: what no plain header holds is said in one more before it. */
export function tarHeader(entry: TarEntry): Buffer {
  const { path, target, sizeBytes, uid, gid } = entry;
  const longer: Array<readonly [string, Buffer]> = [];
  if (needsMore(path)) longer.push(['path', path]);
  if (target && needsMore(target)) longer.push(['linkpath', target]);
  if (sizeBytes > MOST_SIZE) longer.push(['size', Buffer.from(String(sizeBytes))]);
  if (uid > MOST_ID) longer.push(['uid', Buffer.from(String(uid))]);
  if (gid > MOST_ID) longer.push(['gid', Buffer.from(String(gid))]);
  const plain = block({ ...entry, type: TYPES[entry.kind] });
  if (longer.length === 0) return plain;
  const records = Buffer.concat(longer.map(([key, value]) => record(key, value)));
  const about = { path: Buffer.from('PaxHeader'), mode: 0o644, uid: 0, gid: 0, modifiedAtS: 0 };
  return Buffer.concat([block({ ...about, sizeBytes: records.length, type: 'x' }), records, padding(records.length), plain]); // prettier-ignore
}

/** What fills the last block of so many bytes. */
export const padding = (bytes: number): Buffer => Buffer.alloc((TAR_BLOCK_BYTES - (bytes % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES); // prettier-ignore

const needsMore = (text: Buffer): boolean => text.length > MOST_NAME_BYTES || text.some((byte) => byte > 0x7f);

type Block = Omit<TarEntry, 'kind'> & { readonly type: string };

function block({ path, mode, uid, gid, sizeBytes, modifiedAtS, target, type }: Block): Buffer {
  const header = Buffer.alloc(TAR_BLOCK_BYTES);
  path.copy(header, 0, 0, MOST_NAME_BYTES);
  header.write(octal(mode, 7), 100);
  header.write(octal(Math.min(uid, MOST_ID), 7), 108);
  header.write(octal(Math.min(gid, MOST_ID), 7), 116);
  header.write(octal(Math.min(sizeBytes, MOST_SIZE), 11), 124);
  header.write(octal(Math.max(0, modifiedAtS), 11), 136);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  target?.copy(header, 157, 0, MOST_NAME_BYTES);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return header;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** Its own length stands at its beginning, and counts itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
