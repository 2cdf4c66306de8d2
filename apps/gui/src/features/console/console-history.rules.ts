import { isNamedLikeSecret } from '@bailiwick/contract';

export const MOST_LINES = 100;
const MOST_CONTAINERS = 20;

/** What was typed to each container, the newest last. */
export type ConsoleBook = Readonly<Record<string, readonly string[]>>;

const SECRET_WORD =
  /(?:^|[\s/:=-])(?:pass(?:word|wd|phrase)?|secret|token|credentials?|login|register|auth|api-?key|private-?key|bearer)(?:$|[\s:=])/i;
/** Letters and digits in one long word: nobody remembers that, it was made up. */
const MADE_UP = /(?=[^\s]*[a-z])(?=[^\s]*[A-Z])(?=[^\s]*\d)[\w+/=.-]{16,}|\b(?=[a-f\d]*\d)[a-f\d]{24,}\b/;

/** Whether a line looks like it holds something to be kept in confidence: such a line is kept nowhere. */
export const looksSecret = (line: string): boolean =>
  SECRET_WORD.test(line) || MADE_UP.test(line) || line.split(/[\s:=]+/).some(isNamedLikeSecret);

/** With a line that was sent; the containers that were typed to last are kept. */
export function remember(book: ConsoleBook, id: string, line: string): ConsoleBook {
  if (looksSecret(line)) return book;
  const { [id]: lines = [], ...others } = book;
  const kept = Object.entries(others).slice(1 - MOST_CONTAINERS);
  return { ...Object.fromEntries(kept), [id]: [...lines.filter((each) => each !== line), line].slice(-MOST_LINES) };
}

export function readBook(text: string | null): ConsoleBook {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).flatMap(([id, lines]: [string, unknown]) =>
        Array.isArray(lines) ? [[id, lines.filter((line) => typeof line === 'string')]] : [],
      ),
    );
  } catch {
    return {}; // somebody else wrote there
  }
}
