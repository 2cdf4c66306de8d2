import type { CommandLogPiece } from '@bailiwick/contract';

/** What of it is held in the page: its beginning, and of the rest what came last. */
const MOST_CHARACTERS = 768 * 1024;

interface Part {
  readonly from: number;
  readonly text: string;
  /** Where it ends, in bytes. */
  readonly next: number;
}
export interface CommandLog {
  readonly parts: readonly Part[];
  readonly next: number;
}
/** What is shown: a text, or how much is missing there. */
export type Shown =
  { readonly key: number; readonly text: string } | { readonly key: number; readonly leftOut: number };

export const NOTHING_SAID: CommandLog = { parts: [], next: 0 };

export function withPiece({ parts }: CommandLog, { from, text, next }: CommandLogPiece): CommandLog {
  const all = text === '' ? [...parts] : [...parts, { from, text, next }];
  let characters = all.reduce((sum, part) => sum + part.text.length, 0);
  while (characters > MOST_CHARACTERS && all.length > 2) characters -= all.splice(1, 1)[0]?.text.length ?? 0;
  return { parts: all, next };
}

export function toShown({ parts }: CommandLog): Shown[] {
  let end = 0;
  return parts.flatMap(({ from, text, next }) => {
    const leftOut = from - end;
    end = next;
    return leftOut > 0 ? [{ key: from - 1, leftOut }, { key: from, text }] : [{ key: from, text }]; // prettier-ignore
  });
}
