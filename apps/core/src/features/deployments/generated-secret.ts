import { randomInt } from 'node:crypto';
import { SECRET_ALPHABET } from '@bailiwick/contract';

export const generateSecret = (length: number): string =>
  Array.from({ length }, () => SECRET_ALPHABET[randomInt(SECRET_ALPHABET.length)]).join('');
