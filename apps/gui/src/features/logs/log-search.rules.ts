export interface Search {
  query: string;
  regex: boolean;
}

/** Smart case: small letters find everything, a capital is meant. Null for an expression that cannot be read. */
export function toExpression({ query, regex }: Search): RegExp | null {
  if (query === '') return null;
  const source = regex ? query : query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  try {
    return new RegExp(source, /[A-Z]/.test(query) ? 'g' : 'gi');
  } catch {
    // What the person typed is no expression yet; the field says so.
    return null;
  }
}

const MOST_FOUND = 100;

/**
 * Where an expression is found, as start and end one after the other. Only ever called in the worker: an expression may
 * never come back, and a worker can be ended.
 */
export function findIn(text: string, expression: RegExp): number[] {
  const found: number[] = [];
  // It begins where the last test of it ended.
  expression.lastIndex = 0;
  for (const match of text.matchAll(expression)) {
    if (match[0] !== '') found.push(match.index, match.index + match[0].length);
    if (found.length >= MOST_FOUND * 2) break;
  }
  return found;
}

/** A text cut where found parts begin and end; `offset` is where the text stands in the line. */
export function markFound(text: string, offset: number, found: readonly number[]): { text: string; found: boolean }[] {
  const parts: { text: string; found: boolean }[] = [];
  let at = 0;
  const add = (to: number, isFound: boolean) => {
    const end = Math.min(text.length, to);
    if (end <= at) return;
    parts.push({ text: text.slice(at, end), found: isFound });
    at = end;
  };
  for (let index = 0; index < found.length; index += 2) {
    add((found[index] ?? 0) - offset, false);
    add((found[index + 1] ?? 0) - offset, true);
  }
  add(text.length, false);
  return parts;
}
