import { isUtf8 } from 'node:buffer';
import type { FileKind } from '@bailiwick/contract';
import { invalid } from '../../kernel/errors.js';

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

export interface FileFacts {
  readonly kind: FileKind;
  /** Who may read, write and run it; never what would make it run as somebody else. */
  readonly mode: string;
  readonly owner: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/** What `stat` is asked to say of each file, on one line: kind and rights, owner, group, size, time and path. */
export const STAT_FORMAT = '%f %u %g %s %Y %n';
const STAT_LINE = /^([0-9a-f]+) (\d+) (\d+) (\d+) (-?\d+) (\/.*)$/;
const KINDS: Readonly<Record<number, FileKind>> = { 0o100_000: 'file', 0o040_000: 'folder', 0o120_000: 'link' };

export function readStat(line: string): readonly [path: string, facts: FileFacts] | undefined {
  const [, bits = '', user = '', group = '', size, seconds, path = ''] = STAT_LINE.exec(line) ?? [];
  if (path === '') return undefined;
  const mode = Number.parseInt(bits, 16);
  const facts = {
    kind: KINDS[mode & 0o170_000] ?? 'other',
    mode: (mode & 0o777).toString(8),
    owner: `${user}:${group}`,
    sizeBytes: Number(size),
    modifiedAtMs: Number(seconds) * 1000,
  };
  return [path, facts];
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
