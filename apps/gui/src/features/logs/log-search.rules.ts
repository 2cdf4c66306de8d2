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

/** The parts of a text, found ones marked; used on the few lines that are shown. */
export function markMatches(text: string, expression: RegExp | null): { text: string; found: boolean }[] {
  if (!expression) return [{ text, found: false }];
  const parts: { text: string; found: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(expression)) {
    if (match[0] === '') continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), found: false });
    parts.push({ text: match[0], found: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), found: false });
  return parts;
}
