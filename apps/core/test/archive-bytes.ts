import { Buffer } from 'node:buffer';
import { crc32, deflateRawSync } from 'node:zlib';

/** An archive put together byte by byte, so that it can be as wrong as it is wanted. */
export interface TarPart {
  name: string | Buffer;
  type?: string;
  content?: Buffer | string;
  /** What the header says, whatever the content is. */
  size?: number | Buffer;
  mode?: number;
  target?: string;
  prefix?: string;
  magic?: string;
  checksum?: number;
}

const BLOCK = 512;
const pad = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);

export function tarPart({
  name,
  type = '0',
  content = '',
  size,
  mode = 0o644,
  target = '',
  prefix = '',
  magic = 'ustar\x0000',
  checksum,
}: TarPart): Buffer {
  // prettier-ignore
  const body = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  Buffer.from(name).copy(header, 0, 0, 100);
  header.write(mode.toString(8).padStart(7, '0'), 100);
  header.write('0000000', 108);
  header.write('0000000', 116);
  if (typeof size === 'object') size.copy(header, 124);
  else header.write((size ?? body.length).toString(8).padStart(11, '0'), 124);
  header.write('14371573000', 136);
  header.write('        ', 148);
  header.write(type, 156, 'latin1');
  header.write(target, 157);
  header.write(magic, 257, 'latin1');
  header.write(prefix, 345);
  const sum = checksum ?? header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, pad(body)]);
}

export const TAR_END = Buffer.alloc(2 * BLOCK);
export const tar = (...parts: TarPart[]): Buffer => Buffer.concat([...parts.map(tarPart), TAR_END]);

function paxRecord(key: string, value: string | Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}
export const pax = (records: Record<string, string | Buffer>, type = 'x'): TarPart => ({
  name: 'PaxHeader',
  type,
  content: Buffer.concat(Object.entries(records).map(([key, value]) => paxRecord(key, value))),
});

export interface ZipPart {
  name: string | Buffer;
  content?: Buffer | string;
  method?: number;
  /** Of the upper half of what a Unix says of it, with its kind. */
  mode?: number;
  flags?: number;
  /** What the directory says, whatever is so. */
  size?: number;
  packed?: number;
  sum?: number;
  offset?: number;
  localName?: string | Buffer;
  extra?: Buffer;
}

export function zip(
  parts: readonly ZipPart[],
  {
    entries,
    comment = '',
    before = '',
    after = '',
  }: { entries?: number; comment?: string; before?: string; after?: string } = {},
): Buffer {
  // prettier-ignore
  const locals: Buffer[] = [Buffer.from(before)];
  const directory: Buffer[] = [];
  let at = before.length;
  for (const {
    name,
    content = '',
    method = 8,
    mode = 0o100_644,
    flags = 0x800,
    size,
    packed,
    sum,
    offset,
    localName,
    extra = Buffer.alloc(0),
  } of parts) {
    // prettier-ignore
    const bytes = Buffer.from(content);
    const body = method === 8 ? deflateRawSync(bytes) : bytes;
    const said = { sum: sum ?? crc32(bytes), packed: packed ?? body.length, size: size ?? bytes.length };
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x0403_4b50, 0);
    local.writeUInt16LE(20, 4);
    shared(local, 6, { flags, method, ...said });
    const nameHere = Buffer.from(localName ?? name);
    local.writeUInt16LE(nameHere.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x0201_4b50, 0);
    central.writeUInt16LE((3 << 8) | 20, 4);
    central.writeUInt16LE(20, 6);
    shared(central, 8, { flags, method, ...said });
    const nameThere = Buffer.from(name);
    central.writeUInt16LE(nameThere.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE((mode << 16) >>> 0, 38);
    central.writeUInt32LE(offset ?? at, 42);
    locals.push(local, nameHere, body);
    directory.push(central, nameThere, extra);
    at += local.length + nameHere.length + body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(Math.min(entries ?? parts.length, 0xffff), 8);
  end.writeUInt16LE(Math.min(entries ?? parts.length, 0xffff), 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, listed, end, Buffer.from(comment), Buffer.from(after)]);
}

function shared(
  header: Buffer,
  at: number,
  { flags, method, sum, packed, size }: { flags: number; method: number; sum: number; packed: number; size: number },
): void {
  // prettier-ignore
  header.writeUInt16LE(flags, at);
  header.writeUInt16LE(method, at + 2);
  header.writeUInt16LE(0x6000, at + 4);
  header.writeUInt16LE(0x5a21, at + 6);
  header.writeUInt32LE(sum >>> 0, at + 8);
  header.writeUInt32LE(packed, at + 12);
  header.writeUInt32LE(size, at + 16);
}
