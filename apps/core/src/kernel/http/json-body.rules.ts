import type { FieldIssue } from '@bailiwick/contract';

const MAX_DEPTH = 32;

interface Place {
  readonly value: unknown;
  readonly path: readonly string[];
}

/** The first place that no request of ours has: nested too deep, `__proto__`, or a NUL that databases refuse. */
export function findUnsafe(body: unknown): FieldIssue | undefined {
  const open: Place[] = [{ value: body, path: [] }];
  for (let place = open.pop(); place; place = open.pop()) {
    const issue = look(place);
    if (issue) return issue;
    const { value, path } = place;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, below] of Object.entries(value)) open.push({ value: below, path: [...path, key] });
  }
  return undefined;
}

function look({ value, path }: Place): FieldIssue | undefined {
  const at = path.join('.');
  const key = path.at(-1) ?? '';
  if (key === '__proto__') return { path: at, code: 'unknown_field', message: 'There is no field __proto__.' };
  if (path.length > MAX_DEPTH) return { path: at, code: 'too_deep', message: `Nest at most ${MAX_DEPTH} levels.` };
  if (key.includes('\0') || (typeof value === 'string' && value.includes('\0')))
    return { path: at.replaceAll('\0', ''), code: 'invalid_character', message: 'Text holds no NUL character.' };
  return undefined;
}
