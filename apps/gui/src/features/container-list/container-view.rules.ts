import type { Container, ContainerStatus } from '@bailiwick/contract';
import { toContainerSearch } from '@bailiwick/contract/container-search';
import { isStatus, rankOf } from '../containers/container-status.rules.ts';

export const SORT_KEYS = ['name', 'status', 'image', 'createdAt'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export interface Sort {
  key: SortKey;
  descending: boolean;
}

/** What the address says about the list: the same address always shows the same list. */
export interface ContainerView {
  q: string;
  status: ContainerStatus[];
  env: string;
  /** A user id, or `me`. */
  owner: string;
  /** An id. */
  project: string;
  sort: Sort;
  peek: string;
}

export const PLAIN_VIEW: ContainerView = {
  q: '',
  status: [],
  env: '',
  owner: '',
  project: '',
  sort: { key: 'name', descending: false },
  peek: '',
};

export type Parameters = Record<string, string | string[] | undefined>;

export function readView(parameters: Parameters): ContainerView {
  return {
    q: first(parameters['q']).slice(0, 200),
    status: [...new Set(first(parameters['status']).split(',').filter(isStatus))],
    env: first(parameters['env']).slice(0, 64),
    owner: first(parameters['owner']).slice(0, 64),
    project: first(parameters['project']).slice(0, 64),
    sort: readSort(first(parameters['sort'])),
    peek: first(parameters['peek']),
  };
}

/** The query string of a view, without what is plain; empty for the plain list. */
export function writeView(view: ContainerView): string {
  const query = new URLSearchParams();
  if (view.q !== '') query.set('q', view.q);
  if (view.status.length > 0) query.set('status', view.status.join(','));
  if (view.env !== '') query.set('env', view.env);
  if (view.owner !== '') query.set('owner', view.owner);
  if (view.project !== '') query.set('project', view.project);
  const sort = writeSort(view.sort);
  if (sort !== writeSort(PLAIN_VIEW.sort)) query.set('sort', sort);
  if (view.peek !== '') query.set('peek', view.peek);
  const text = query.toString().replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

export function filterCount({ q, status, env, owner, project }: ContainerView): number {
  return (
    Number(q.trim() !== '') + Number(status.length > 0) + [env, owner, project].filter((each) => each !== '').length
  );
}

/** What a click on a column's heading asks for: that column, then the other way round. */
export function turnSort(sort: Sort, key: SortKey): Sort {
  return sort.key === key ? { key, descending: !sort.descending } : { key, descending: key === 'createdAt' };
}

/** Whether the list shows a container; `me` is who looks. */
export function toFilter(
  { q, status, env, owner, project }: ContainerView,
  me: string,
): (container: Container) => boolean {
  const whose = owner === 'me' ? me : owner;
  const isMeant = toContainerSearch(q);
  return (container) =>
    (status.length === 0 || status.includes(container.status)) &&
    (env === '' || container.environmentId === env) &&
    (whose === '' || container.owner?.id === whose) &&
    (project === '' || container.project?.id === project) &&
    isMeant(container);
}

/** Filtered and sorted; equal keys fall back to the name and then the id, so that order never wavers. */
export function arrange(containers: readonly Container[], view: ContainerView, me: string): Container[] {
  const direction = view.sort.descending ? -1 : 1;
  const compare = COMPARE[view.sort.key];
  return containers
    .filter(toFilter(view, me))
    .sort((a, b) => direction * compare(a, b) || byName(a, b) || (a.id < b.id ? -1 : 1));
}

/** The projects some containers are in, by name. */
export function projectsIn(containers: readonly Container[]): Array<NonNullable<Container['project']>> {
  const known = new Map(
    containers.flatMap(({ project }) => (project === null ? [] : [[project.id, project] as const])),
  );
  return [...known.values()].sort((one, other) => collator.compare(one.name, other.name));
}

/** Rows keep the order they had while a person is pointing at them: gone rows leave, new ones wait at the end. */
export function keepOrder<Row extends { id: string }>(wanted: readonly Row[], shown: readonly string[]): Row[] {
  const waiting = new Map(wanted.map((row) => [row.id, row]));
  const kept: Row[] = [];
  for (const id of shown) {
    const row = waiting.get(id);
    if (row === undefined) continue;
    kept.push(row);
    waiting.delete(id);
  }
  return [...kept, ...waiting.values()];
}

/** From the anchor to the target as they stand on the screen, both included. */
export function rangeBetween(order: readonly string[], anchor: string, target: string): string[] {
  const from = order.indexOf(anchor);
  const to = order.indexOf(target);
  if (from < 0 || to < 0) return to < 0 ? [] : [target];
  return order.slice(Math.min(from, to), Math.max(from, to) + 1);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const byName = (a: Container, b: Container) => collator.compare(a.name, b.name);
const COMPARE: Record<SortKey, (a: Container, b: Container) => number> = {
  name: byName,
  status: (a, b) => rankOf(a.status) - rankOf(b.status),
  image: (a, b) => collator.compare(a.image, b.image),
  createdAt: (a, b) => (a.createdAt < b.createdAt ? -1 : Number(a.createdAt > b.createdAt)),
};

function readSort(text: string): Sort {
  const descending = text.startsWith('-');
  const key = SORT_KEYS.find((known) => known === text.slice(descending ? 1 : 0));
  return key === undefined ? PLAIN_VIEW.sort : { key, descending };
}

const writeSort = ({ key, descending }: Sort) => `${descending ? '-' : ''}${key}`;
const first = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '');
