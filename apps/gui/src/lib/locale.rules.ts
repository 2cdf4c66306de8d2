/** The cookie wins, then the browser's languages in their order, then English. */
export function chooseLocale(available: string[], cookie: string | undefined, acceptLanguage: string | null): string {
  if (cookie && available.includes(cookie)) return cookie;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase() ?? '')
    .flatMap((tag) => [tag, tag.split('-')[0] ?? '']);
  return wanted.find((tag) => available.includes(tag)) ?? 'en';
}

/** A translation laid over the English text, so that a sentence it lacks is still a sentence. */
export function overlay<Tree extends object>(base: Tree, translated: unknown): Tree {
  if (!isTree(translated)) return base;
  const merged: [string, unknown][] = Object.entries(base).map(([key, value]: [string, unknown]) => {
    const other = translated[key];
    if (isTree(value)) return [key, overlay(value, other)];
    return [key, typeof other === 'string' ? other : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
