import type { ContainerId, ListVolumes, Rights, TenantId, Volume } from '@bailiwick/contract';
import type { Target } from '../../foundation/access/access.rules.js';
import type { EngineVolume } from '../../foundation/environments/engine.js';
import type { VolumeRow } from '../../foundation/environments/volume.entity.js';
import { isWorkspace } from '../../foundation/environments/workspace-name.rules.js';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { type AppError, conflict, invalid } from '../../kernel/errors.js';

/** Data is its owner's, whoever reaches the container it is in. */
export const onVolume = ({ id, tenantId, ownerId }: Pick<VolumeRow, 'id' | 'tenantId' | 'ownerId'>): Target => ({
  id,
  tenantId,
  ownerId,
});

/** A folder of the engine's own and nothing else: no share, no path of the host. */
export const isPlain = ({ driver, options }: Pick<EngineVolume, 'driver' | 'options'>): boolean =>
  driver === 'local' && Object.keys(options).length === 0;

/** 409: what the engine has under that name is not what we made, or nothing. */
export function volumeRefused(name: string, reason: 'foreign' | 'gone' | 'elsewhere' | 'not_ours_to_write'): AppError {
  const words = {
    not_ours_to_write: `There is something in ${name} that this panel may not change. Somebody at the host may.`,
    foreign: `The engine has a volume ${name} that this panel did not make.`,
    gone: `The engine has no volume ${name} any more.`,
    elsewhere: `The volume ${name} is in another environment or tenant.`,
  };
  return conflict('volume_refused', words[reason], { params: { volume: name, reason } });
}

/** 409: somebody else uses it, or it is being deleted. */
export const volumeInUse = (name: string): AppError =>
  conflict('volume_in_use', `The volume ${name} is in use.`, { params: { volume: name } });

/** Nothing brings it back: the name is typed, letter by letter. */
export function assertConfirmed(typed: string | undefined, name: string): void {
  if (typed === name) return;
  throw invalid([{ path: 'confirmName', code: 'mismatch', message: `Type ${name} to confirm.` }]);
}

/** What it would be kept from: everything else about it is decided by rights. */
export function isWanted(row: VolumeRow, { q, state, env, tenant }: ListVolumes): boolean {
  if (state !== undefined && state !== stateOf(row)) return false;
  if (env !== undefined && row.environmentId !== env) return false;
  if (tenant !== undefined && row.tenantId !== tenant) return false;
  if (q === undefined) return true;
  const sought = q.toLowerCase();
  const told = [row.name, row.label, row.target, row.containerName, row.ownerName ?? ''];
  return told.some((text) => text.toLowerCase().includes(sought));
}

const stateOf = ({ containerId }: Pick<VolumeRow, 'containerId'>): Volume['state'] =>
  containerId === null ? 'kept' : 'attached';

/** As it is shown; `user` is the container that has it, for who may see that. */
export function toVolume(
  row: VolumeRow,
  { user, rights }: { user: { id: ContainerId; name: string } | null; rights: Rights },
): Volume {
  const { id, environmentId, tenantId, name, label, target, ownerId, ownerName, removalId } = row;
  return {
    id,
    environmentId,
    tenantId,
    name,
    kind: isWorkspace(name) ? 'workspace' : 'volume',
    label,
    target,
    state: stateOf(row),
    container: user,
    lastContainerName: row.containerName,
    owner: ownerId === null ? null : { id: ownerId, displayName: ownerName ?? '' },
    createdAt: toIso(row.madeAt),
    keptSince: row.containerId === null ? toIsoOrNull(row.detachedAt) : null,
    operationId: removalId,
    rights: row.containerId === null ? rights : inUse(rights),
  };
}

/** What is in use is deleted with its container. */
function inUse({ can, why }: Rights): Rights {
  if (!can.includes('volumes.delete')) return { can, why };
  return {
    can: can.filter((capability) => capability !== 'volumes.delete'),
    why: { ...why, 'volumes.delete': { code: 'volume_in_use', params: {} } },
  };
}

/** A deploy goes on with what is kept where it is going to run, and in the tenant it runs for. */
export function assertUsable(
  row: VolumeRow,
  { environmentId, tenantId }: { environmentId: string; tenantId: TenantId },
): void {
  // prettier-ignore
  if (row.environmentId !== environmentId || row.tenantId !== tenantId) throw volumeRefused(row.name, 'elsewhere');
  if (row.containerId !== null || row.removalId !== null) throw volumeInUse(row.name);
}
