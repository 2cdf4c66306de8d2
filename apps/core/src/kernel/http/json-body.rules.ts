import type { FieldIssue } from '@bailiwick/contract';

const MAX_DEPTH = 32;

/** The first place that is nested too deep or carries `__proto__`; undefined when there is none. */
export function findUnsafe(body: unknown): FieldIssue | undefined {
  const open: Array<{ value: unknown; path: readonly string[] }> = [{ value: body, path: [] }];
  for (let current = open.pop(); current; current = open.pop()) {
    const { value, path } = current;
    if (typeof value !== 'object' || value === null) continue;
    if (path.length >= MAX_DEPTH)
      return { path: path.join('.'), code: 'too_deep', message: `Nest at most ${MAX_DEPTH} levels.` };
    for (const [key, below] of Object.entries(value)) {
      if (key === '__proto__')
        return { path: [...path, key].join('.'), code: 'unknown_field', message: 'There is no field __proto__.' };
      if (typeof below === 'object' && below !== null) open.push({ value: below, path: [...path, key] });
    }
  }
  return undefined;
}
