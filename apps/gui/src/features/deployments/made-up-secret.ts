import { SECRET_ALPHABET } from '@bailiwick/contract';

const BYTES = 256;
/** What is above it would make some letters likelier than others. */
const FAIR = BYTES - (BYTES % SECRET_ALPHABET.length);

/** As the core would make it up, but known to the person before: chance of the browser, and kept nowhere. */
export function makeUpSecret(length: number, random: (into: Uint8Array<ArrayBuffer>) => void = fill): string {
  let text = '';
  while (text.length < length) {
    const bytes = new Uint8Array(length - text.length);
    random(bytes);
    for (const byte of bytes) if (byte < FAIR) text += SECRET_ALPHABET[byte % SECRET_ALPHABET.length] ?? '';
  }
  return text;
}

function fill(into: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(into);
}
