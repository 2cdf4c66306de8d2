import { QUOTA_KINDS } from '@bailiwick/contract';
import { sayAmount } from '../quotas/quota-bars.rules.ts';

/** The params a sentence may use; what the core did not send reads `none`, so that the sentence can do without it. */
export type WordParams = Record<
  | 'name'
  | 'port'
  | 'by'
  | 'image'
  | 'state'
  | 'stack'
  | 'seconds'
  | 'since'
  | 'exitCode'
  | 'limitBytes'
  | 'failure'
  | 'mistake'
  | 'level'
  | 'range'
  | 'pool'
  | 'path'
  | 'person'
  | 'thing'
  | 'volume'
  | 'reason'
  | 'most'
  | 'program'
  | 'plugin'
  | keyof Exceeded,
  string
>;

/** Who has the port: another program on the host, a container by its name, or one this person may not see. */
function ownerIn(usedBy: unknown): string {
  if (typeof usedBy !== 'object' || usedBy === null) return 'none';
  if ('kind' in usedBy && usedBy.kind === 'host') return 'host';
  return 'name' in usedBy && typeof usedBy.name === 'string' ? usedBy.name : 'none';
}

/** The texts of a list; nothing where it is none. */
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

interface Exceeded {
  what: string;
  limit: string;
  used: string;
  wanted: string;
}
const NOTHING_EXCEEDED: Exceeded = { what: 'none', limit: 'none', used: 'none', wanted: 'none' };

/** The first of what would be more than a quota lets be, with its numbers. */
function exceededIn(value: unknown, locale: string): Exceeded {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  if (typeof first !== 'object' || first === null || !('what' in first)) return NOTHING_EXCEEDED;
  const what = QUOTA_KINDS.find((kind) => kind === first.what);
  if (what === undefined) return NOTHING_EXCEEDED;
  const say = (amount: unknown): string => (typeof amount === 'number' ? sayAmount(what, amount, locale) : 'none');
  const { limit, used, wanted } = { limit: undefined, used: undefined, wanted: undefined, ...first };
  return { what, limit: say(limit), used: say(used), wanted: say(wanted) };
}

export function toWordParams(params: Record<string, unknown> | undefined, locale: string): WordParams {
  const word = (name: string): string => {
    const value = params?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : 'none';
  };
  return {
    name: word('name'),
    port: word('hostPort'),
    by: ownerIn(params?.['usedBy']),
    image: word('image'),
    plugin: word('plugin'),
    state: word('state'),
    stack: word('stack'),
    seconds: word('seconds'),
    since: word('since'),
    exitCode: word('exitCode'),
    limitBytes: word('limitBytes'),
    failure: word('failure'),
    mistake: word('mistake'),
    level: word('level'),
    range: word('range'),
    pool: word('pool'),
    path: word('path'),
    person: word('person'),
    thing: word('thing'),
    volume: word('volume'),
    reason: word('reason'),
    program: word('program'),
    most: word('most'),
    ...exceededIn(params?.['exceeded'], locale),
  };
}
