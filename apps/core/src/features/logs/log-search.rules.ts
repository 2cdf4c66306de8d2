import { withoutColours } from './log-file.rules.js';

/** Plain words, never an expression: nothing a person sends here can keep the core busy. */
export function toWordSearch(words: string): (text: string) => boolean {
  const isMeant = /[A-Z]/.test(words);
  const wanted = isMeant ? words : words.toLowerCase();
  return (text) => {
    const read = withoutColours(text);
    return (isMeant ? read : read.toLowerCase()).includes(wanted);
  };
}
