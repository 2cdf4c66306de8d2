import { isContinuation, type Level, levelOf } from '@bailiwick/contract/log-levels';
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

/** Whether a line is of one of these levels. Every line of a log is asked about, in its order: a trace is of the level of its head. */
export function toLevelSearch(levels: readonly Level[] | undefined): (text: string) => boolean {
  if (levels === undefined) return () => true;
  let before: Level = 'unknown';
  return (text) => {
    const read = withoutColours(text);
    const own = levelOf(read);
    before = own === 'unknown' && isContinuation(read) ? before : own;
    return levels.includes(before);
  };
}
