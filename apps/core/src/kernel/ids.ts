import { randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** `<noun>_` + 16 random base32 characters (80 bit). */
export function newId<Noun extends string>(noun: Noun): `${Noun}_${string}` {
  let text = '';
  for (const byte of randomBytes(16)) text += ALPHABET[byte & 31];
  return `${noun}_${text}`;
}
