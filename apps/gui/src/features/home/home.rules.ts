import type { Container, ContainerStatus, Environment, Operation } from '@bailiwick/contract';
import { rankOf } from '../containers/container-status.rules.ts';

/** Where `/` leads whoever sees one container at once; null where there is a choice to make. */
export function landsOn(containers: readonly Pick<Container, 'id'>[]): string | null {
  const [only, ...more] = containers;
  return only !== undefined && more.length === 0 ? `/containers/${only.id}` : null;
}

const ALARMS: ReadonlySet<ContainerStatus> = new Set<ContainerStatus>(['unhealthy', 'killed', 'exited', 'restarting']);
const DAY_MS = 24 * 3_600_000;
const MOST_LINES = 7;

export type Attention =
  | { readonly kind: 'environment'; readonly environment: Environment }
  | { readonly kind: 'requests'; readonly count: number }
  | { readonly kind: 'container'; readonly container: Container }
  | { readonly kind: 'operation'; readonly operation: Operation };

interface Sight {
  readonly containers: readonly Container[];
  readonly environments: readonly Environment[];
  readonly operations: readonly Operation[];
  readonly toAnswer: number;
}

/** What somebody should look at, the widest first: engines, people who wait, containers, work that failed. */
export function attentionIn(
  { containers, environments, operations, toAnswer }: Sight,
  now: number,
): { lines: Attention[]; more: number } {
  const failed = operations.filter(
    ({ state, finishedAt }) => state === 'failed' && finishedAt !== null && now - Date.parse(finishedAt) < DAY_MS,
  );
  const all: Attention[] = [
    ...environments
      .filter(({ state }) => state === 'offline')
      .map((environment) => ({ kind: 'environment' as const, environment })),
    ...(toAnswer > 0 ? [{ kind: 'requests' as const, count: toAnswer }] : []),
    ...containers
      .filter(({ status }) => ALARMS.has(status))
      .toSorted((one, other) => rankOf(one.status) - rankOf(other.status) || (one.name < other.name ? -1 : 1))
      .map((container) => ({ kind: 'container' as const, container })),
    ...failed.map((operation) => ({ kind: 'operation' as const, operation })),
  ];
  return { lines: all.slice(0, MOST_LINES), more: Math.max(0, all.length - MOST_LINES) };
}
