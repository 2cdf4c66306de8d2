import type { ContainerStatus, EnvironmentId, ListContainers, TenantId, UserId } from '@bailiwick/contract';
import { toContainerSearch } from '@bailiwick/contract/container-search';
import * as z from 'zod';
import { invalid } from '../../kernel/errors.js';
import type { BareContainer } from './containers.rules.js';

type Sort = ListContainers['sort'];
type SortField = 'name' | 'status' | 'image' | 'createdAt';
type SortKey = string | number;

/** What a query asks for, with environment and tenant found; a scope that does not exist matches nothing. */
export interface Selection {
  readonly q?: string | undefined;
  readonly status?: readonly ContainerStatus[] | undefined;
  readonly environmentId?: EnvironmentId | null | undefined;
  readonly tenantId?: TenantId | null | undefined;
  readonly projectId?: string | undefined;
  readonly ownerId?: UserId | undefined;
}

/** Where a page ended: the sort it was read in and its last item. */
const Cursor = z.tuple([z.string(), z.union([z.string(), z.number()]), z.string()]);

/** What needs a look comes first. */
const STATUS_ORDER: readonly ContainerStatus[] = [
  'unhealthy',
  'killed',
  'exited',
  'restarting',
  'starting',
  'running',
  'paused',
  'removing',
  'created',
  'stopped',
  'unknown',
];
const SORT_KEYS: Readonly<Record<SortField, (container: BareContainer) => SortKey>> = {
  name: ({ name }) => name,
  image: ({ image }) => image,
  status: ({ status }) => STATUS_ORDER.indexOf(status),
  createdAt: ({ createdAt }) => createdAt,
};
const { compare: compareText } = new Intl.Collator('en', { numeric: true });

export function select(containers: Iterable<BareContainer>, selection: Selection): BareContainer[] {
  const isMeant = toContainerSearch(selection.q ?? '');
  return [...containers].filter((container) => isInScope(container, selection) && isMeant(container));
}

function isInScope(
  container: BareContainer,
  { status, environmentId, tenantId, projectId, ownerId }: Selection,
): boolean {
  return (
    (status === undefined || status.includes(container.status)) &&
    (environmentId === undefined || environmentId === container.environmentId) &&
    (tenantId === undefined || tenantId === container.tenantId) &&
    (projectId === undefined || projectId === container.project?.id) &&
    (ownerId === undefined || ownerId === container.owner?.id)
  );
}

/** One page in the order asked; `nextCursor` only where more follow. */
export function toPage(
  containers: readonly BareContainer[],
  { sort, cursor, limit }: Pick<ListContainers, 'sort' | 'cursor' | 'limit'>,
): { items: BareContainer[]; nextCursor?: string } {
  const { keyOf, compare } = orderOf(sort);
  const place = ({ id }: BareContainer, key: SortKey): Place => ({ id, key });
  const ordered = containers
    .map((container) => ({ container, place: place(container, keyOf(container)) }))
    .sort((one, other) => compare(one.place, other.place));
  const after = cursor === undefined ? undefined : readCursor(sort, cursor);
  const rest = after ? ordered.filter((entry) => compare(entry.place, after) > 0) : ordered;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const items = page.map((entry) => entry.container);
  return last && rest.length > page.length ? { items, nextCursor: writeCursor(sort, last.place) } : { items };
}

interface Place {
  key: SortKey;
  id: string;
}

function orderOf(sort: Sort) {
  const descending = sort.startsWith('-');
  const field = fieldOf(sort);
  const sign = descending ? -1 : 1;
  return {
    keyOf: SORT_KEYS[field],
    compare: (one: Place, other: Place): number => sign * compareKeys(one.key, other.key) || compareIds(one, other),
  };
}

const FIELDS: Readonly<Record<Sort, SortField>> = {
  name: 'name',
  '-name': 'name',
  status: 'status',
  '-status': 'status',
  image: 'image',
  '-image': 'image',
  createdAt: 'createdAt',
  '-createdAt': 'createdAt',
};
const fieldOf = (sort: Sort): SortField => FIELDS[sort];

function compareKeys(one: SortKey, other: SortKey): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : compareText(String(one), String(other));
}

const compareIds = (one: Place, other: Place): number => (one.id < other.id ? -1 : Number(one.id > other.id));

const writeCursor = (sort: Sort, { key, id }: Place): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');

/** A cursor belongs to the order it was given out in. */
function readCursor(sort: Sort, cursor: string): Place {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== sort)
    throw invalid([{ path: 'cursor', code: 'invalid_cursor', message: 'Start again without a cursor.' }]);
  const [, key, id] = parsed.data;
  return { key, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema says what is wrong with it
  }
}
