import { isUtf8 } from 'node:buffer';
import type { FileKind } from '@bailiwick/contract';
import { type AppError, conflict, invalid } from '../../kernel/errors.js';
import type { FileFacts } from './file-tree.js';

const MOST_BYTES = 4096;
const MOST_PART_BYTES = 255;
const UNTYPABLE = /[\p{Cc}\p{Cs}\\]/u;

/** A path as it may be asked for, in its one spelling; 400 for everything else. */
export function toPath(text: string): string {
  const path = text.normalize('NFC');
  const wrong = wrongWith(path);
  if (wrong !== undefined) throw invalid([{ path: 'path', code: 'invalid_path', message: wrong }]);
  return path;
}

function wrongWith(path: string): string | undefined {
  if (!path.startsWith('/')) return 'A path begins with /.';
  if (Buffer.byteLength(path) > MOST_BYTES) return `A path has at most ${MOST_BYTES} bytes.`;
  if (path === '/') return undefined;
  return path.slice(1).split('/').map(wrongWithName).find(Boolean);
}

function wrongWithName(name: string): string | undefined {
  if (name === '') return 'A path has no empty parts.';
  if (name === '.' || name === '..') return 'A path has no . and no .. in it.';
  if (UNTYPABLE.test(name)) return 'A path has no control characters and no backslash.';
  return Buffer.byteLength(name) > MOST_PART_BYTES
    ? `A part of a path has at most ${MOST_PART_BYTES} bytes.`
    : undefined;
}

/** Whether a name can be asked for later. */
export const isTypable = (name: string): boolean => name === name.normalize('NFC') && wrongWithName(name) === undefined;

export const inFolder = (folder: string, name: string): string => (folder === '/' ? `/${name}` : `${folder}/${name}`);

/** The folder something is in, and its name there. */
export function splitPath(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, at) || '/', name: path.slice(at + 1) };
}

/** What `stat` is asked to say of each file, on one line: kind and rights, owner, group, size, number, time and path. */
export const STAT_FORMAT = '%f %u %g %s %i %Y %y|%n';
const STAT_LINE = /^([0-9a-f]+) (\d+) (\d+) (\d+) (\d+) (-?\d+) ([^|]*)\|(\/.*)$/;
const KINDS: Readonly<Record<number, FileKind>> = { 0o100_000: 'file', 0o040_000: 'folder', 0o120_000: 'link' };

export function readStat(line: string): readonly [path: string, facts: FileFacts] | undefined {
  const [, bits = '', user = '', group = '', size, node = '', seconds, time = '', path = ''] = STAT_LINE.exec(line) ?? []; // prettier-ignore
  if (path === '') return undefined;
  const sizeBytes = Number(size);
  // Of a second, which programs that know no parts of it leave out.
  const part = /\.(\d+)/.exec(time)?.[1] ?? '';
  const facts = {
    ...kindAndMode(Number.parseInt(bits, 16)),
    owner: `${user}:${group}`,
    sizeBytes,
    modifiedAtMs: Number(seconds) * 1000,
    etag: etagOf(node, sizeBytes, `${seconds}.${part}`),
  };
  return [path, facts];
}

export const kindAndMode = (bits: number): Pick<FileFacts, 'kind' | 'mode'> => ({
  kind: KINDS[bits & 0o170_000] ?? 'other',
  mode: (bits & 0o777).toString(8).padStart(3, '0'),
});

export const etagOf = (node: string, sizeBytes: number, modified: string): string => `${node}-${sizeBytes}-${modified}`;

/** From a path, a tab, and what `stat` makes of a link: `'path' -> 'target'`. */
export function readLink(line: string): readonly [path: string, target: string] | undefined {
  const [path = '', words = ''] = line.split('\t');
  const [, target, ...more] = words.split(' -> ');
  if (target === undefined || more.length > 0) return undefined;
  const plain = /^'([^']*)'$/.exec(target) ?? /^"([^"]*)"$/.exec(target);
  return plain?.[1] === undefined ? undefined : [path, plain[1]];
}

/** Its text, or null where it is none. A character may be cut at the end of what was read. */
export function toText(bytes: Buffer, { truncated }: { truncated: boolean }): string | null {
  const whole = truncated ? withoutCutCharacter(bytes) : bytes;
  return whole.includes(0) || !isUtf8(whole) ? null : whole.toString('utf8');
}

/** A character has at most four bytes, of which all but the first look alike. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  const first = [1, 2, 3].find((back) => ((bytes.at(-back) ?? 0) & 0b1100_0000) === 0b1100_0000);
  return first === undefined || isUtf8(bytes.subarray(-first)) ? bytes : bytes.subarray(0, -first);
}

/** 409. What is said in `reason` is a kind of file, a word of ours, or a program's own. */
export const fileRefused = (reason: string): AppError =>
  conflict('file_refused', 'This cannot be done with that file.', { params: { reason } });

/** 409 unless it still is as it was read; null: unless there is none. */
export function assertUnchanged(before: FileFacts | undefined, ifMatch: string | null | undefined): void {
  if (before && before.kind !== 'file') throw fileRefused(before.kind);
  if (ifMatch === undefined || (before?.etag ?? null) === ifMatch) return;
  const now = before ? 'It was changed meanwhile.' : 'It is gone.';
  throw conflict('file_changed', now, { params: { etag: before?.etag ?? null } });
}

/** Where what was deleted lies, in the root it was in, until it is a week old. */
export const BIN = '.bailiwick-bin';

/** How long it lies there. */
export const BIN_DAYS = 7;

/** What something is called in the bin: when it came, and how many folders deep it was. */
export const binKey = (nowMs: number, depth: number, mark: string): string =>
  `${Math.floor(nowMs / 1000)}-${mark}-${depth}`;

/** What a key of the bin says; undefined for what is none. */
export function readBinKey(key: string): { atMs: number; depth: number } | undefined {
  const [, seconds, depth] = /^(\d{1,12})-[0-9a-f]{12}-(\d{1,4})$/.exec(key) ?? [];
  return seconds === undefined ? undefined : { atMs: Number(seconds) * 1000, depth: Number(depth) };
}

/** Nothing is moved or copied into itself. */
export function assertNotInside(path: string, folder: string): void {
  if (path === folder) throw conflict('file_exists', 'It is there already.');
  if (path.startsWith(`${folder}/`)) throw fileRefused('inside_itself');
}

/** What a link leads to is somebody's to change where it lies. */
export function assertChangeable({ kind }: Pick<FileFacts, 'kind'>): void {
  if (kind !== 'file' && kind !== 'folder') throw fileRefused(kind);
}

/** What is brought takes the place of nothing unless that is said, and then of a file only. */
export function assertMakes(
  before: Pick<FileFacts, 'kind'> | undefined,
  { path, replace }: { path: string; replace: boolean },
): void {
  if (!before) return;
  if (!replace) throw conflict('file_exists', `There is something at ${path}.`);
  if (before.kind !== 'file') throw fileRefused(before.kind);
}
