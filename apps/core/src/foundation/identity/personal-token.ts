import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const TOKEN = /^bw_([A-Za-z0-9_-]{43})([A-Za-z0-9_-]{6})$/;
const PREFIX_LENGTH = 'bw_'.length + 4;

/** `bw_`, 256 random bits, and a checksum of them; only its hash is ever stored. */
export function newPersonalToken(): string {
  const secret = randomBytes(32).toString('base64url');
  return `bw_${secret}${checksum(secret)}`;
}

/** The other kind of bearer is a JWT, and no JWT begins so. */
export const isPersonalToken = (bearer: string): boolean => bearer.startsWith('bw_');

/** Tells one that was cut off or mistyped from one that is not known, without a look at the database. */
export function isIntact(token: string): boolean {
  const [, secret, sum] = TOKEN.exec(token) ?? [];
  return secret !== undefined && sum === checksum(secret);
}

/** What people see of it, to tell one from another. */
export const prefixOf = (token: string): string => token.slice(0, PREFIX_LENGTH);

function checksum(secret: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(secret));
  return bytes.toString('base64url');
}
