import type { ContainerId, EnvironmentId, OperationId, TenantId, VolumeId } from '@bailiwick/contract';
import type { ContainerRow } from '../environments/container.entity.js';
import type { EngineContainer } from '../environments/engine.js';
import { formerNetworkName, networkName } from '../environments/network-plan.rules.js';
import type { VolumeRow } from '../environments/volume.entity.js';
import { isWorkspace } from '../environments/workspace-name.rules.js';
import type { IdempotencyKeyRow } from './idempotency-key.entity.js';
import { isFinished } from './operation.rules.js';
import type { StoredOperation } from './operations.store.js';
import type { PortReservationRow } from './port-reservation.entity.js';

export interface Violation {
  /** Which promise is broken. */
  readonly invariant:
    | 'containers'
    | 'ports'
    | 'operations'
    | 'idempotency'
    | 'volumes'
    | 'workspaces'
    | 'logs'
    | 'networks'
    | 'audit'
    | 'database';
  readonly subject: string;
  readonly detail: string;
}

/** A container whose labels we signed; `id` is the row they name. */
export interface OwnContainerOnEngine {
  readonly id: ContainerId;
  readonly operationId: string;
  readonly container: Pick<EngineContainer, 'engineId' | 'name' | 'ports'>;
}

/** A volume whose labels we signed; `id` is the row they name. */
export interface VolumeOnEngine {
  readonly id: VolumeId;
  readonly operationId: OperationId;
  readonly environmentId: EnvironmentId;
  readonly name: string;
}

export interface NetworkOnEngine {
  readonly environmentId: EnvironmentId;
  readonly name: string;
  /** Whose label it carries. */
  readonly tenantId: string;
  /** We made it for that tenant. */
  readonly isSigned: boolean;
}

/** Everything the promises speak of, read at one moment. */
export interface Picture {
  /** On engines that answered. */
  readonly own: readonly OwnContainerOnEngine[];
  readonly engineIds: ReadonlySet<string>;
  /** Environments whose engine answered. */
  readonly reachable: ReadonlySet<string>;
  readonly rows: readonly ContainerRow[];
  readonly reservations: readonly PortReservationRow[];
  /** What was removed later lies in the bin. */
  readonly binnedSince: number;
  readonly operations: readonly StoredOperation[];
  /** Somebody works on these right now. */
  readonly held: ReadonlySet<OperationId>;
  readonly keys: readonly IdempotencyKeyRow[];
  /** Those we made, on engines that answered. */
  readonly volumes: readonly VolumeOnEngine[];
  /** The folders that are there, by name. */
  readonly workspaces: readonly string[];
  /** The folders of kept logs, by name. */
  readonly keptLogs: readonly string[];
  /** Not deleted as far as we know, workspaces among them. */
  readonly volumeRows: readonly VolumeRow[];
  readonly tenants: ReadonlyArray<{ id: TenantId; slug: string }>;
  /** Under the label of a tenant, on engines that answered. */
  readonly networks: readonly NetworkOnEngine[];
}

/** Every broken promise; none when the core, the database and the engines agree. */
export const findViolations = (picture: Picture): Violation[] => [
  ...containersWithoutRow(picture),
  ...rowsWithoutContainer(picture),
  ...portsAstray(picture),
  ...operationsAstray(picture),
  ...effectsTwice(picture),
  ...volumesAstray(picture),
  ...workspacesAstray(picture),
  ...logsAstray(picture),
  ...networksAstray(picture),
];

/** A container we signed has exactly one live row, and that row has no other container. */
function containersWithoutRow({ own, rows }: Picture): Violation[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return own.flatMap(({ id, container }) => {
    const row = byId.get(id);
    if (!row) return [broken('containers', container.name, `carries ${id}, which has no row`)];
    if (row.removedAt !== null) return [broken('containers', container.name, `runs, and its row ${id} says removed`)];
    if (row.engineId !== container.engineId)
      return [broken('containers', container.name, `its row ${id} stands for another container`)];
    return [];
  });
}

/** A live row of ours has a container, or somebody who is making or taking it. */
function rowsWithoutContainer({ rows, engineIds, reachable, operations }: Picture): Violation[] {
  const worked = workedOn(operations);
  return rows
    .filter((row) => row.managed && row.removedAt === null && reachable.has(row.environmentId) && !worked.has(row.id))
    .filter((row) => row.engineId === null || !engineIds.has(row.engineId))
    .map((row) => broken('containers', row.id, `${row.name} is in our rows and not on the engine`));
}

/** A held port has a live row of ours, or one in the bin; a published port of ours is held. */
function portsAstray({ reservations, rows, operations, own, binnedSince }: Picture): Violation[] {
  const live = reservations.filter(({ releasedAt }) => releasedAt === null);
  const holders = rows.filter(
    (row) => row.managed && (row.removedAt === null || isBinnedWithPorts(row, operations, binnedSince)),
  );
  const holding = new Set(holders.map(({ id }) => id));
  const worked = workedOn(operations);
  const held = new Set(live.map(({ containerId, protocol, port }) => `${containerId} ${protocol}/${port}`));
  const leaked = live
    .filter(({ containerId }) => !holding.has(containerId) && !worked.has(containerId))
    .map(({ port, protocol, containerId }) =>
      broken('ports', `${protocol}/${port}`, `is held for ${containerId}, which is gone`),
    );
  const stolen = own.flatMap(({ id, container }) =>
    container.ports
      .filter(({ protocol, hostPort }) => !held.has(`${id} ${protocol}/${hostPort}`))
      .map(({ protocol, hostPort }) =>
        broken('ports', `${protocol}/${hostPort}`, `is published by ${container.name} and not held for it`),
      ),
  );
  return [...leaked, ...stolen];
}

/** Taken from its engine past the panel: what a deletion or a deploy of ours ended holds nothing. */
function isBinnedWithPorts(
  { id, removedAt }: ContainerRow,
  operations: readonly StoredOperation[],
  binnedSince: number,
): boolean {
  if (removedAt === null || removedAt <= binnedSince) return false;
  return !operations.some(
    ({ row }) =>
      row.containerId === id &&
      (row.finishedAt ?? 0) >= removedAt &&
      (row.name === 'containers.delete'
        ? row.state === 'done'
        : row.name === 'containers.deploy' && row.state !== 'done'),
  );
}

/** What is not finished is being worked on; what is finished left no step open. */
function operationsAstray({ operations, held }: Picture): Violation[] {
  return operations.flatMap(({ row, steps }) => {
    if (!isFinished(row.state))
      return held.has(row.id) ? [] : [broken('operations', row.id, `is ${row.state} and nobody works on it`)];
    const open = steps.filter(({ state }) => state === 'running' || state === 'pending');
    const wrong = open.map(({ name, state }) =>
      broken('operations', row.id, `is ${row.state}, its step ${name} ${state}`),
    );
    if (row.finishedAt === null) wrong.push(broken('operations', row.id, `is ${row.state} without a time`));
    if (row.state === 'failed' && row.error === null)
      wrong.push(broken('operations', row.id, 'failed without a reason'));
    return wrong;
  });
}

/** One operation made at most one container; a key that had its effect names an operation that exists. */
function effectsTwice({ own, keys, operations }: Picture): Violation[] {
  const makers = own.map(({ operationId }) => operationId);
  const twice = new Set(makers.filter((id, index) => makers.indexOf(id) !== index));
  const known = new Set(operations.map(({ row }) => row.id));
  return [
    ...[...twice].map((id) => broken('idempotency', id, 'made more than one container')),
    ...keys
      .filter(({ operationId }) => operationId !== null && !known.has(operationId))
      .map(({ key, operationId }) => broken('idempotency', key, `names ${operationId ?? ''}, which does not exist`)),
  ];
}

/** A volume we made has its row, a row its volume, and what is attached a container that lives. */
function volumesAstray({ volumes, volumeRows, rows, reachable, operations }: Picture): Violation[] {
  const open = new Set(operations.flatMap(({ row }) => (isFinished(row.state) ? [] : row.id)));
  const worked = workedOn(operations);
  const remains = leftBehind(operations, rows);
  const byId = new Map(volumeRows.map((row) => [row.id, row]));
  const there = new Set(volumes.map(({ environmentId, name }) => `${environmentId} ${name}`));
  const live = new Set<string>(rows.flatMap(({ id, removedAt }) => (removedAt === null ? id : [])));
  const settled = volumeRows
    .filter(({ operationId, removalId }) => !open.has(operationId) && (removalId === null || !open.has(removalId)))
    .filter(({ containerId }) => containerId === null || (!worked.has(containerId) && !remains.has(containerId)));
  return [
    ...volumes
      .filter(({ id, name, operationId }) => byId.get(id)?.name !== name && !open.has(operationId))
      .map(({ id, name }) => broken('volumes', name, `is on the engine, and ${id} is not in our rows`)),
    ...settled
      .filter(({ name }) => !isWorkspace(name))
      .filter(({ environmentId, name }) => reachable.has(environmentId) && !there.has(`${environmentId} ${name}`))
      .map(({ id, name }) => broken('volumes', id, `${name} is in our rows and not on the engine`)),
    ...settled
      .filter(({ containerId }) => containerId !== null && !live.has(containerId))
      .map(({ name, containerId }) => broken('volumes', name, `is attached to ${containerId ?? ''}, which is gone`)),
    ...settled
      .filter(({ containerId, detachedAt }) => (containerId === null) !== (detachedAt !== null))
      .map(({ name }) => broken('volumes', name, 'is neither kept nor in use')),
  ];
}

/** A folder has its row, and a row its folder. */
function workspacesAstray({ workspaces, volumeRows, operations }: Picture): Violation[] {
  const worked = workedOn(operations);
  const open = new Set(operations.flatMap(({ row }) => (isFinished(row.state) ? [] : row.id)));
  const rows = new Map(volumeRows.flatMap((row) => (isWorkspace(row.name) ? [[row.name, row] as const] : [])));
  const there = new Set(workspaces);
  const settled = [...rows.values()]
    .filter(({ operationId, removalId }) => !open.has(operationId) && (removalId === null || !open.has(removalId)))
    .filter(({ containerId }) => containerId === null || !worked.has(containerId));
  return [
    ...workspaces.filter((name) => !rows.has(name)).map((name) => broken('workspaces', name, 'is there, and not in our rows')), // prettier-ignore
    ...settled.filter(({ name }) => !there.has(name)).map(({ name }) => broken('workspaces', name, 'is in our rows and not there')), // prettier-ignore
  ];
}

/** What is kept of a log belongs to a container, there or gone. */
function logsAstray({ keptLogs, rows }: Picture): Violation[] {
  const known = new Set<string>(rows.map(({ id }) => id));
  return keptLogs
    .filter((name) => !known.has(name))
    .map((name) => broken('logs', name, 'is kept, and of no container'));
}

/** What could not be undone is still shown, with its row: somebody removes it. */
const leftBehind = (operations: readonly StoredOperation[], rows: readonly ContainerRow[]): ReadonlySet<string> => {
  const failed = new Set(
    operations.flatMap(({ row }) =>
      row.name === 'containers.deploy' && row.state === 'failed' ? (row.containerId ?? []) : [],
    ),
  );
  return new Set(rows.flatMap(({ id, removedAt }) => (removedAt === null && failed.has(id) ? id : [])));
};

/** A tenant has its one network on an environment, and what we made is some tenant's. */
function networksAstray({ networks, tenants }: Picture): Violation[] {
  const own = new Map<string, { id: TenantId; slug: string }>(tenants.map((tenant) => [tenant.id, tenant]));
  const places = networks.map(({ environmentId, name }) => `${environmentId} ${name}`);
  return networks.flatMap(({ environmentId, name, tenantId, isSigned }, index) => {
    const tenant = own.get(tenantId);
    const subject = (detail: string) => [broken('networks', name, detail)];
    // Another panel on the same engine has tenants of its own.
    if (!tenant) return isSigned ? subject(`was made for ${tenantId}, which does not exist`) : [];
    if (name === formerNetworkName(tenant.slug)) return [];
    if (name !== networkName(tenant)) return subject(`carries the label of the tenant ${tenant.slug}, whose network is ${networkName(tenant)}`); // prettier-ignore
    if (!isSigned) return subject(`is called like the network of the tenant ${tenant.slug} and was not made by us`);
    return places.indexOf(`${environmentId} ${name}`) === index ? [] : subject('is there twice');
  });
}

const workedOn = (operations: readonly StoredOperation[]): ReadonlySet<string> =>
  new Set(operations.flatMap(({ row }) => (isFinished(row.state) || row.containerId === null ? [] : row.containerId)));

const broken = (invariant: Violation['invariant'], subject: string, detail: string): Violation => ({
  invariant,
  subject,
  detail,
});
