import {
  type CatalogueEntry,
  type Container,
  type ContainerStatus,
  type ContainerTaking,
  NEWEST_CONTAINERS,
  type OperationState,
  type Statistics,
  TOP_PEOPLE,
  type Volume,
} from '@bailiwick/contract';

const RUNNING: ReadonlySet<ContainerStatus> = new Set<ContainerStatus>(['running', 'starting', 'paused']);
const FAILING: ReadonlySet<ContainerStatus> = new Set<ContainerStatus>(['unhealthy', 'restarting', 'exited', 'killed']);

export function countContainers(containers: readonly Pick<Container, 'status'>[]): Statistics['containers'] {
  const running = containers.filter(({ status }) => RUNNING.has(status)).length;
  const failing = containers.filter(({ status }) => FAILING.has(status)).length;
  return { total: containers.length, running, failing, stopped: containers.length - running - failing };
}

/** What is not offered any more, or cannot be read, is no preset to count. */
export function countPresets(entries: readonly CatalogueEntry[]): Statistics['presets'] {
  const offered = entries.flatMap((entry) => (entry.state === 'ready' && entry.archivedAt === null ? [entry] : []));
  const withVolumes = offered.filter(({ preset }) => preset.config.volumes.length > 0);
  return { total: offered.length, withVolumes: withVolumes.length };
}

export const countPeople = (people: ReadonlyArray<{ readonly active: boolean }>): Statistics['people'] => ({
  total: people.length,
  active: people.filter(({ active }) => active).length,
});

/** Whoever owns most; of as many, whose take more memory. */
export function topPeople(takings: readonly ContainerTaking[]): Statistics['topPeople'] {
  const people = new Map<string, Statistics['topPeople'][number]>();
  for (const { owner, status, memoryBytes } of takings) {
    if (!owner) continue;
    const before = people.get(owner.id) ?? { ...owner, containers: 0, running: 0, memoryBytes: 0 };
    people.set(owner.id, {
      ...before,
      containers: before.containers + 1,
      running: before.running + (RUNNING.has(status) ? 1 : 0),
      memoryBytes: before.memoryBytes + (memoryBytes ?? 0),
    });
  }
  return [...people.values()]
    .sort(
      (one, other) =>
        other.containers - one.containers || other.memoryBytes - one.memoryBytes || (one.id < other.id ? -1 : 1),
    )
    .slice(0, TOP_PEOPLE);
}

/** What the runner has to do. */
export const countOperations = (underWay: ReadonlyMap<OperationState, number>): Statistics['operations'] => ({
  queued: underWay.get('queued') ?? 0,
  running: underWay.get('running') ?? 0,
  cancelling: underWay.get('cancelling') ?? 0,
});

export const newestOf = (
  containers: ReadonlyArray<Pick<Container, 'id' | 'name' | 'status' | 'owner' | 'createdAt'>>,
): Statistics['newest'] =>
  containers
    .toSorted(
      (one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt) || (one.name < other.name ? -1 : 1),
    )
    .slice(0, NEWEST_CONTAINERS)
    .map(({ id, name, status, owner, createdAt }) => ({ id, name, status, owner, createdAt }));

export const byMemory = (takings: readonly ContainerTaking[]): ContainerTaking[] =>
  takings.toSorted(
    (one, other) => (other.memoryBytes ?? -1) - (one.memoryBytes ?? -1) || (one.name < other.name ? -1 : 1),
  );

type Kept = Pick<Volume, 'kind' | 'name'>;

/** What the volumes among these hold together; null where the engine tells of none of them. */
export function volumeBytes(volumes: readonly Kept[], sizes: ReadonlyMap<string, number>): number | null {
  const known = volumes.flatMap(({ kind, name }) => (kind === 'volume' ? (sizes.get(name) ?? []) : []));
  return known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0);
}

/** Where the first workspace among these is on the host. */
export function workspaceOf(volumes: readonly Kept[], workspacesDir: string | null): string | null {
  const workspace = volumes.find(({ kind }) => kind === 'workspace');
  return workspacesDir === null || !workspace ? null : `${workspacesDir}/${workspace.name}`;
}
