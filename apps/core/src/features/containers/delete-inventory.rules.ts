import type { Container, DeleteInventory } from '@bailiwick/contract';
import type { EngineInspection } from '../../foundation/environments/engine.js';
import { isWorkspace } from '../../foundation/environments/workspace-name.rules.js';
import type { ContainerData } from '../volumes/volumes.service.js';

/** The engine names a volume nobody named by 64 hexadecimal digits. */
const ANONYMOUS = /^[0-9a-f]{64}$/;
export const isUnnamed = (volume: string): boolean => ANONYMOUS.test(volume);
/** A container in these states has no process to end first. */
const AT_REST: ReadonlySet<Container['state']> = new Set(['created', 'exited', 'dead']);

type Gone = DeleteInventory['goes'][number];
type Kept = DeleteInventory['stays'][number];

/** What a delete takes, what it leaves, and what stands in its way. */
export function toDeleteInventory(
  item: Container,
  { mounts, networks, data }: Pick<EngineInspection, 'mounts' | 'networks'> & { data: ContainerData },
  { staff }: { staff: boolean },
): DeleteInventory {
  const volumes = mounts.filter(({ type }) => type === 'volume').map(({ name, target }) => name ?? target);
  const workspaces = data.volumes.filter(({ name }) => isWorkspace(name));
  const isOurs = (target: string) => workspaces.some((workspace) => workspace.target === target);
  const binds = mounts.filter(({ type, target }) => type === 'bind' && !isOurs(target));
  return {
    container: { id: item.id, name: item.name, status: item.status },
    goes: [
      { kind: 'container', name: item.name },
      { kind: 'writableLayer', name: item.name },
      ...item.ports.map(({ hostPort, protocol }): Gone => ({ kind: 'ports', name: `${hostPort}/${protocol}` })),
      ...volumes.filter((name) => ANONYMOUS.test(name)).map((name): Gone => ({ kind: 'anonymousVolume', name })),
    ],
    stays: [
      ...volumes.filter((name) => !ANONYMOUS.test(name)).map((name): Kept => ({ kind: 'volume', name })),
      ...workspaces.map(({ name }): Kept => ({ kind: 'workspace', name })),
      ...binds.map(({ source, target }): Kept => ({ kind: 'hostPath', name: (staff && source) || target })),
      { kind: 'image', name: item.image },
      ...networks.map((name): Kept => ({ kind: 'network', name })),
      { kind: 'auditTrail', name: item.name },
    ],
    data: { volumes: [...data.volumes], deletable: data.deletable },
    blocked: blockedBy(item),
  };
}

function blockedBy({ rights, operationId, state }: Container): DeleteInventory['blocked'] {
  if (rights.why['containers.delete']?.code === 'self_protection') return { code: 'self_protection', params: {} };
  if (operationId !== null) return { code: 'busy', params: { operationId } };
  if (!AT_REST.has(state)) return { code: 'wrong_state', params: { state } };
  return null;
}
