import { invalid } from '../../kernel/errors.js';
import { COMMON_PASSWORD_STEMS } from './common-passwords.js';

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** Refuses what is guessed first: well-known passwords however decorated, runs and repeats, and one's own name. */
export function assertStrong(password: string, username: string): void {
  if (isWeak(password, username))
    throw invalid(
      [
        {
          path: 'password',
          code: 'weak_password',
          message: 'This password is easy to guess. Use a few unrelated words.',
        },
      ],
      'weak_password',
    );
}

export function isWeak(password: string, username: string): boolean {
  const lower = password.toLowerCase();
  if (username.length >= 3 && lower.includes(username.toLowerCase())) return true;
  return new Set(lower).size < 5 || isRun(lower) || isCommon(lower);
}

/** A well-known word or several, with figures and signs for decoration or in place of letters. */
function isCommon(lower: string): boolean {
  const unleeted = [...lower].map((character) => LEET[character] ?? character).join('');
  return [lower, unleeted].map(lettersOf).some(isMadeOfStems);
}

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, '');

/** True where common stems, taken out one after the other, leave fewer than four letters. */
function isMadeOfStems(letters: string): boolean {
  let rest = letters;
  for (const stem of COMMON_PASSWORD_STEMS) rest = rest.replaceAll(stem, '');
  return rest.length < 4 && rest.length < letters.length;
}

/** `abcdefghijkl`, `123456789012`, `987654321098`: every step is the same. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.charCodeAt(0));
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  const usual = steps.filter((step) => step === 1 || step === -1).length;
  return steps.length > 0 && usual / steps.length > 0.8;
}
