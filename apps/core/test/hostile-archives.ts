import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { pax, tar, TAR_END, tarPart, type TarPart, zip, type ZipPart } from './archive-bytes.js';

export interface Hostile {
  readonly name: string;
  readonly bytes: Buffer;
  /** For which reasons it may be refused. */
  readonly reasons: readonly string[];
}

const MARK = 'PWNED';
const WELL: TarPart = { name: 'well.txt', content: 'well' };
const WELL_ZIP: ZipPart = { name: 'well.txt', content: 'well' };

/** Names that leave the folder, or are none. */
const OUTSIDE = [
  '../x', '../../../../../../etc/cron.d/x', 'a/../../x', 'a/b/../../../x', '..', 'a/..', './../x', 'a/./../../x', '/x',
  '/etc/passwd', '//x', '///etc/x', 'C:/x', 'c:x', 'Z:/windows/x', 'a/../b', '.././x', '..//x',
]; // prettier-ignore
const NO_NAMES = [
  'a//x', 'a/./x', 'a/.', 'a/\u0001x', 'a\nx', 'a\u007fx', 'a\\x', '..\\x', 'a\\..\\..\\x', '\\\\host\\share\\x', '\\\\?\\C:\\x',
  'a\u0085x', `${'n'.repeat(256)}`, `${'é'.repeat(128)}x`, `a/${'n'.repeat(256)}/x`, `${'a/'.repeat(2100)}x`, 'a\u001b[2Jx',
]; // prettier-ignore
const RESERVED = ['.bailiwick-bin/1-aaaaaaaaaaaa/x', '.Bailiwick-bin/x', 'a/.bailiwick-x', '.bailiwick-op_x'];

const named = (name: string): string => (JSON.stringify(name).length > 40 ? `${JSON.stringify(name).slice(0, 40)}…` : JSON.stringify(name)); // prettier-ignore

function byEachWay(name: string, reasons: readonly string[]): Hostile[] {
  const isLong = Buffer.byteLength(name) > 100;
  const ways: Array<[string, Buffer]> = [
    ['zip', zip([WELL_ZIP, { name, content: MARK }])],
    ['tar by a record ahead', tar(WELL, pax({ path: name }), { name: 'x', content: MARK })],
    ['tar by a long name', tar(WELL, { name: '././@LongLink', type: 'L', content: `${name}\0` }, { name: 'x', content: MARK, magic: 'ustar  \0' })], // prettier-ignore
    ['tar.gz', gzipSync(tar(WELL, pax({ path: name }), { name: 'x', content: MARK }))],
    ...(isLong ? [] : [['tar', tar(WELL, { name, content: MARK })] as [string, Buffer]]),
  ];
  return ways.map(([way, bytes]) => ({ name: `${named(name)} in a ${way}`, bytes, reasons }));
}

const both = (name: string, tars: TarPart[], zips: ZipPart[], ...reasons: string[]): Hostile[] => [
  { name: `${name} in a tar`, bytes: tar(WELL, ...tars), reasons },
  { name: `${name} in a tar.gz`, bytes: gzipSync(tar(WELL, ...tars)), reasons },
  { name: `${name} in a zip`, bytes: zip([WELL_ZIP, ...zips]), reasons },
];

/** Two names that some file system, or some reader, takes for one. */
const MEETING: ReadonlyArray<readonly [string, string, string]> = [
  ['a/x', 'a/x', 'duplicate'],
  ['a/x', 'A/x', 'collision'],
  ['a/x', 'a/X', 'collision'],
  ['caf\u00e9', 'cafe\u0301', 'duplicate'],
  ['Caf\u00e9', 'cafe\u0301', 'collision'],
  ['stra\u00dfe', 'STRASSE', 'collision'],
  ['x', 'x/y', 'collision'],
  ['x/y', 'x', 'collision'],
  ['./x', 'x', 'duplicate'],
];

const KINDS: ReadonlyArray<readonly [string, Partial<TarPart>, string]> = [
  ['a hard link', { type: '1', target: '/etc/passwd' }, 'link'],
  ['a link to elsewhere', { type: '2', target: '/etc' }, 'link'],
  ['a link upwards', { type: '2', target: '../../..' }, 'link'],
  ['a link to itself', { type: '2', target: 'x' }, 'link'],
  ['a character device', { type: '3' }, 'special'],
  ['a block device', { type: '4' }, 'special'],
  ['a pipe', { type: '6' }, 'special'],
  ['a contiguous file', { type: '7' }, 'special'],
  ['a dump of a folder', { type: 'D' }, 'special'],
  ['a part of a volume', { type: 'M' }, 'special'],
  ['a sparse file', { type: 'S', size: 1024 }, 'special'],
  ['the label of a volume', { type: 'V' }, 'special'],
  ['a kind nobody knows', { type: 'Q' }, 'special'],
];
const ZIP_KINDS: ReadonlyArray<readonly [string, number, string]> = [
  ['a link', 0o120_777, 'link'],
  ['a device', 0o020_666, 'special'],
  ['a block device', 0o060_666, 'special'],
  ['a pipe', 0o010_666, 'special'],
  ['a socket', 0o140_777, 'special'],
  ['a folder under the name of a file', 0o040_755, 'special'],
];

/** What is well in itself and broken as an archive. */
function broken(): Hostile[] {
  const whole = tar(WELL, { name: 'x', content: 'x'.repeat(5000) });
  const zipped = gzipSync(whole);
  const good = zip([WELL_ZIP, { name: 'x', content: MARK.repeat(100) }]);
  const of = (name: string, bytes: Buffer, ...reasons: string[]): Hostile => ({ name, bytes, reasons: reasons.length > 0 ? reasons : ['broken'] }); // prettier-ignore
  return [
    of('nothing', Buffer.alloc(0), 'unknown_format'),
    of('a text', Buffer.from('PK is no archive'), 'unknown_format'),
    of('the beginning of a zip', Buffer.from('PK\u0003\u0004')),
    of('zeros that are no block', Buffer.alloc(700), 'unknown_format'),
    of('a gzip of nothing', gzipSync(Buffer.alloc(0))),
    of('a gzip of a text', gzipSync(Buffer.from('text'))),
    of('a tar that ends in a header', whole.subarray(0, 512 + 512 + 300)),
    of('a tar that ends in a file', whole.subarray(0, 512 + 512 + 512 + 1000)),
    of('a tar without an end', whole.subarray(0, whole.length - 1024)),
    of('a tar with a wrong sum', tar(WELL, { name: 'x', content: MARK, checksum: 7 })),
    of('a tar with more after its end', Buffer.concat([whole, tarPart({ name: '../x', content: MARK }), TAR_END]), 'trailing'), // prettier-ignore
    of('a tar with a size that is no number', tar(WELL, { name: 'x', size: Buffer.from('99999999999') })),
    of('a tar with a size below zero', tar(WELL, { name: 'x', size: Buffer.from('ffffffffffffffffffffffff', 'hex') }), 'bytes'), // prettier-ignore
    of('a tar with a folder that holds bytes', tar(WELL, { name: 'x/', type: '5', content: MARK })),
    of('a tar with a record and no entry', tar(WELL, pax({ path: 'x' }))),
    of('a tar with two records for one entry', tar(WELL, pax({ path: 'a' }), pax({ path: 'b' }), { name: 'x' })),
    of('a tar with two names in one record', tar(WELL, { ...pax({}), content: Buffer.concat([Buffer.from('9 path=a\n'), Buffer.from('9 path=b\n')]) }, { name: 'x' })), // prettier-ignore
    of('a tar with another name for all that follows', tar(pax({ path: '../x' }, 'g'), WELL)),
    of('a tar with another size for all that follows', tar(pax({ size: '1' }, 'g'), WELL)),
    of('a tar with a record that is longer than it is', tar(WELL, { ...pax({}), content: '99 path=x\n' }, { name: 'x' })), // prettier-ignore
    of('a tar with a record without an end', tar(WELL, { ...pax({}), content: '9 path=xy' }, { name: 'x' })),
    of('a tar with a record of half a mebibyte', tar(WELL, pax({ comment: 'x'.repeat(512 * 1024) }), { name: 'x' })),
    of('a tar with a record that says it has 4 GiB', tar(WELL, { ...pax({}), size: 0o40_000_000_000 })),
    of('a tar with a name cut by a zero in a record', tar(WELL, pax({ path: 'x\0/../../y' }), { name: 'x' })),
    of('a tar with a sparse map in a record', tar(WELL, pax({ 'GNU.sparse.major': '1', 'GNU.sparse.name': '../x' }), { name: 'x' }), 'special'), // prettier-ignore
    of('a tar with a long target of a link', tar(WELL, { name: '././@LongLink', type: 'K', content: '/etc\0' }, { name: 'x', type: '2' }), 'link'), // prettier-ignore
    of('a tar with a name that is no text', tar(WELL, { name: Buffer.from([0x66, 0xff, 0xfe]) }), 'name'),
    of('a tar with a name of two parts that leaves', tar(WELL, { name: 'x', prefix: '../..' }), 'outside'),
    of('a tar.gz that is cut', zipped.subarray(0, zipped.length - 12)),
    of('a tar.gz with more after its end', Buffer.concat([zipped, Buffer.from('more')]), 'trailing', 'broken'),
    of('a tar.gz with a second tar behind it', Buffer.concat([zipped, gzipSync(tar({ name: '../x' }))]), 'trailing'),
    of('a tar.gz with a wrong byte', Buffer.concat([zipped.subarray(0, 40), Buffer.from([(zipped[40] ?? 0) ^ 0xff]), zipped.subarray(41)])), // prettier-ignore
    of('a zip that is cut', good.subarray(0, good.length - 30)),
    of('a zip with more after its end', Buffer.concat([good, Buffer.from('more')])),
    of(
      'a zip with more before its beginning',
      Buffer.concat([good.subarray(0, 4), Buffer.alloc(10), good.subarray(4)]),
    ),
    of('a zip with more entries than it has', zip([WELL_ZIP], { entries: 2 })),
    of('a zip with two names for one file', zip([WELL_ZIP, { name: 'x', localName: '../x', content: MARK }])),
    of('a zip with a wrong sum', zip([WELL_ZIP, { name: 'x', content: MARK, sum: 1 }])),
    of('a zip with a file longer than it says', zip([WELL_ZIP, { name: 'x', content: MARK.repeat(9), size: 3 }])),
    of('a zip with a file shorter than it says', zip([WELL_ZIP, { name: 'x', content: MARK, size: 3000 }])),
    of('a zip with a file past its end', zip([WELL_ZIP, { name: 'x', content: MARK, packed: 1_000_000 }]), 'overlap', 'broken'), // prettier-ignore
    of('a zip with a password', zip([WELL_ZIP, { name: 'x', content: MARK, flags: 0x801 }]), 'encrypted'),
    of('a zip packed in another way', zip([WELL_ZIP, { name: 'x', content: MARK, method: 12 }]), 'method'),
    of(
      'a zip with a file packed by another library',
      zip([WELL_ZIP, { name: 'x', content: MARK, method: 93 }]),
      'method',
    ),
    of(
      'a zip with a name that is no text',
      zip([WELL_ZIP, { name: Buffer.from([0x66, 0xff]), content: MARK }]),
      'name',
    ),
    of('a zip with a zero in a name', zip([WELL_ZIP, { name: 'x\0.txt', content: MARK }]), 'name'),
    of('a zip with an empty name', zip([WELL_ZIP, { name: '', content: MARK }]), 'name'),
    of('a zip with a folder that holds bytes', zip([WELL_ZIP, { name: 'x/', mode: 0o040_755, content: MARK }])),
    of('a zip with an extra field that lies', zip([WELL_ZIP, { name: 'x', content: MARK, extra: Buffer.from([1, 0, 0xff, 0xff]) }])), // prettier-ignore
    of(
      'a zip whose directory is its file',
      zip([WELL_ZIP, { name: 'x', content: MARK, offset: 0 }]),
      'overlap',
      'broken',
    ),
  ];
}

/** What is small here and more than anybody wants there. */
function bombs(): Hostile[] {
  const zeros = Buffer.alloc(10 * 1024 * 1024);
  const members = (count: number, part: Buffer): Buffer => Buffer.concat(Array.from({ length: count }, () => part));
  const tenGib = members(1024, gzipSync(zeros));
  const header = gzipSync(tarPart({ name: 'zeros', size: 8_000_000_000 }));
  const big: ZipPart = { name: 'a', content: zeros };
  const overlapping = Array.from({ length: 200 }, (_, at): ZipPart => ({ name: `f${String(at).padStart(3, '0')}`, content: at === 0 ? Buffer.alloc(90_000) : '', offset: 0, size: 90_000, packed: 120 })); // prettier-ignore
  const many = Array.from({ length: 50_001 }, (_, at) => tarPart({ name: `f-${at * 7919}` }));
  const manyZip = Array.from({ length: 50_001 }, (_, at): ZipPart => ({ name: `f-${at * 7919}`, method: 0 }));
  const folders = Array.from({ length: 2_000 }, (_, at) => [pax({ path: Array.from({ length: 64 }, (_part, deep) => `${at}-${deep}-${'n'.repeat(50)}`).join('/') }), { name: 'x' }]); // prettier-ignore
  const size = Buffer.alloc(12);
  size[0] = 0x80;
  size.writeBigUInt64BE(2n ** 63n - 1n, 4);
  return [
    { name: '10 GiB of zeros in a tar.gz', bytes: Buffer.concat([header, tenGib]), reasons: ['ratio', 'bytes'] },
    { name: '10 GiB of zeros that are no tar', bytes: tenGib, reasons: ['ratio', 'trailing'] },
    { name: 'a file of 8 EiB', bytes: tar(WELL, { name: 'x', size }), reasons: ['bytes'] },
    { name: 'a file of 8 EiB by a record', bytes: tar(WELL, pax({ size: String(2n ** 63n) }), { name: 'x' }), reasons: ['bytes'] }, // prettier-ignore
    { name: 'a file of 7 TiB', bytes: tar(WELL, pax({ size: String(7 * 1024 ** 4) }), { name: 'x' }), reasons: ['bytes', 'broken'] }, // prettier-ignore
    { name: '10 MiB of zeros in a zip', bytes: zip([WELL_ZIP, big]), reasons: ['ratio'] },
    { name: 'one file 200 times in a zip', bytes: zip(overlapping), reasons: ['overlap', 'broken'] },
    {
      name: 'one file more than are unpacked, in a tar',
      bytes: Buffer.concat([...many, TAR_END]),
      reasons: ['entries'],
    },
    { name: 'one file more than are unpacked, in a zip', bytes: zip(manyZip), reasons: ['entries'] },
    { name: 'more folders than files, which no entry names', bytes: tar(WELL, ...folders.flat()), reasons: ['entries'] }, // prettier-ignore
    {
      name: 'a million files that a zip only speaks of',
      bytes: zip([WELL_ZIP], { entries: 65_534 }),
      reasons: ['entries'],
    },
    ...byEachWay(`${'d/'.repeat(64)}x`, ['depth']),
    ...byEachWay(`${'d/'.repeat(1000)}x`, ['depth']),
  ];
}

/** More than 200 archives nothing of which is ever to be unpacked; each begins with a file that is well. */
export function hostileArchives(): Hostile[] {
  return [
    ...OUTSIDE.flatMap((name) => byEachWay(name, ['outside', 'name'])),
    ...NO_NAMES.flatMap((name) => byEachWay(name, ['name', 'outside'])),
    ...RESERVED.flatMap((name) => byEachWay(name, ['reserved'])),
    ...MEETING.flatMap(([one, other, reason]) =>
      both(
        `${named(one)} beside ${named(other)}`,
        [one, other].flatMap((name) => [pax({ path: name }), { name: 'x', content: MARK }]),
        [one, other].map((name) => ({ name, content: MARK })),
        reason,
      ),
    ),
    ...KINDS.flatMap(([name, part, reason]): Hostile[] => [
      { name: `${name} in a tar`, bytes: tar(WELL, { name: 'x', ...part }), reasons: [reason] },
      { name: `${name} and a file through it in a tar`, bytes: tar(WELL, { name: 'x', ...part }, { name: 'x/y', content: MARK }), reasons: [reason] }, // prettier-ignore
    ]),
    ...ZIP_KINDS.map(([name, mode, reason]) => ({ name: `${name} in a zip`, bytes: zip([WELL_ZIP, { name: 'x', mode, content: '/etc' }]), reasons: [reason] })), // prettier-ignore
    ...broken(),
    ...bombs(),
  ];
}
