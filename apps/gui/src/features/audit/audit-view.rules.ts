import type { AuditFilter } from '@bailiwick/contract';

export const OUTCOMES = ['done', 'failed', 'refused', 'intent'] as const;
export const DOORS = ['panel', 'token', 'plugin', 'installer', 'system'] as const;
export const STREAMS = ['deeds', 'connections'] as const;
export const NOUNS = [
  'containers',
  'operations',
  'people',
  'tenants',
  'roles',
  'sessions',
  'passkeys',
  'account',
  'audit',
  'panel',
] as const;
/** How far back, in milliseconds. */
export const RANGES = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000 } as const;
export type Range = keyof typeof RANGES;

/** What the address of the page asks for; a word it does not know is as good as none. */
export interface AuditView {
  readonly q?: string;
  readonly stream?: (typeof STREAMS)[number];
  readonly noun?: (typeof NOUNS)[number];
  readonly action?: string;
  readonly outcome?: (typeof OUTCOMES)[number];
  readonly via?: (typeof DOORS)[number];
  readonly range?: Range;
  /** Days, the last one included. */
  readonly from?: string;
  readonly to?: string;
  readonly address?: string;
  readonly tenant?: AuditFilter['tenant'];
  readonly actor?: AuditFilter['actor'];
  readonly target?: string;
}

type Params = Readonly<Record<string, string | string[] | undefined>>;

export function readAuditView(params: Params): AuditView {
  const text = (name: string): string | undefined => {
    const value = params[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const day = (name: string) => {
    const value = text(name);
    return value !== undefined && isDay(value) ? value : undefined;
  };
  const action = text('action');
  return withoutEmpty({
    q: text('q')?.slice(0, 100),
    stream: STREAMS.find((each) => each === text('stream')),
    noun: NOUNS.find((each) => each === text('noun')),
    action: action !== undefined && /^[a-z][a-zA-Z]*\.[a-zA-Z]+$/.test(action) ? action : undefined,
    outcome: OUTCOMES.find((each) => each === text('outcome')),
    via: DOORS.find((each) => each === text('via')),
    range: RANGE_NAMES.find((each) => each === text('range')),
    from: day('from'),
    to: day('to'),
    address: text('address')?.slice(0, 64),
    tenant: findTenant(text('tenant')),
    actor: findUser(text('actor')),
    target: text('target')?.slice(0, 80),
  });
}

/** As the core is asked; `now` is where "the last hour" ends. */
export function toFilter(view: AuditView, now: number): AuditFilter {
  const { noun, range, from, to, action, ...same } = view;
  const since = from === undefined ? range && new Date(now - RANGES[range]).toISOString() : `${from}T00:00:00.000Z`;
  const until = to === undefined ? undefined : new Date(Date.parse(`${to}T00:00:00.000Z`) + RANGES.day).toISOString();
  return withoutEmpty({ ...same, action: action ?? (noun && `${noun}.`), since, until });
}

export const toQuery = (view: AuditView | AuditFilter): URLSearchParams =>
  new URLSearchParams(Object.entries(view).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

export function auditHref(view: AuditView): string {
  const query = toQuery(view).toString();
  return query === '' ? '/audit' : `/audit?${query}`;
}

export const countFilters = (view: AuditView): number => Object.keys(view).length;

const RANGE_NAMES: readonly Range[] = ['hour', 'day', 'week', 'month'];
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
const ID = /^[a-z]+_[a-z2-7]{16}$/;
const isUserId = (text: string): text is NonNullable<AuditFilter['actor']> => text.startsWith('usr_') && ID.test(text);
const isTenantId = (text: string): text is NonNullable<AuditFilter['tenant']> =>
  text.startsWith('ten_') && ID.test(text);
const findUser = (text: string | undefined) => (text !== undefined && isUserId(text) ? text : undefined);
const findTenant = (text: string | undefined) => (text !== undefined && isTenantId(text) ? text : undefined);

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
function withoutEmpty<Fields extends object>(fields: Fields): Present<Fields> {
  const kept: Present<Fields> = { ...fields };
  for (const name of keysOf(kept)) if (kept[name] === undefined) delete kept[name];
  return kept;
}
const keysOf = <Fields extends object>(fields: Fields): Array<keyof Fields> =>
  Object.keys(fields) as Array<keyof Fields>;
