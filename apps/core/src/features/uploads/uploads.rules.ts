import { AppError, invalid } from '../../kernel/errors.js';

export const TUS = '1.0.0';
/** More than any disk of a small host has room for. */
const MOST_BYTES = 1024 ** 4;

export type TusHeaders = Readonly<Record<string, string | string[] | undefined>>;
export interface UploadWish {
  readonly path: string;
  readonly replace: boolean;
  readonly length: number;
}

/** 412 for whoever speaks another version of the protocol. */
export function assertTus(headers: TusHeaders): void {
  if (headers['tus-resumable'] === TUS) return;
  throw new AppError('invalid_request', 412, `Uploads are made with tus ${TUS}.`, { params: { version: TUS } });
}

/** What a creation asks for: how long it is, and in its metadata where it goes. */
export function toWish(headers: TusHeaders): UploadWish {
  assertTus(headers);
  const length = toNumber(headers, 'upload-length');
  if (length > MOST_BYTES) throw new AppError('too_large', 413, 'No file is that long.');
  const said = new Map(
    textOf(headers, 'upload-metadata')
      .split(',')
      .map((pair) => toPair(pair.trim())),
  );
  const path = said.get('path');
  if (path === undefined || path === '') throw wrong('upload-metadata', 'Say in the metadata which path it goes to.');
  return { path, replace: said.get('replace') === 'true', length };
}

/** Where a part begins. */
export function offsetOf(headers: TusHeaders): number {
  assertTus(headers);
  if (headers['content-type'] !== 'application/offset+octet-stream')
    throw new AppError('unsupported_media_type', 415, 'Send a part as application/offset+octet-stream.');
  return toNumber(headers, 'upload-offset');
}

function toPair(pair: string): readonly [string, string] {
  const [key = '', value = ''] = pair.split(' ');
  const bytes = Buffer.from(value, 'base64');
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw wrong('upload-metadata', 'Metadata is UTF-8 in base64.');
  return [key, text];
}

function toNumber(headers: TusHeaders, name: string): number {
  const text = textOf(headers, name);
  if (!/^\d{1,15}$/.test(text)) throw wrong(name, `Send ${name} as a number of bytes.`);
  return Number(text);
}

function textOf(headers: TusHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

const wrong = (path: string, message: string): AppError => invalid([{ path, code: 'invalid_header', message }]);
