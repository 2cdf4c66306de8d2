import type { BinItem, Capability } from '@bailiwick/contract';
import * as z from 'zod';
import { rightsOn } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { BIN_MS } from '../../foundation/environments/bin-time.rules.js';
import type { ContainerRow } from '../../foundation/environments/container.entity.js';
import type { VolumeRow } from '../../foundation/environments/volume.entity.js';
import { toIso } from '../../kernel/clock.js';
import { conflict } from '../../kernel/errors.js';
import type { WrittenSpec } from '../configurations/configurations.rules.js';

const OFFERED: readonly Capability[] = ['containers.delete'];

/** A container that is gone, with what would come back. */
export function toBinItem(
  actor: Actor,
  { row, spec, volumes }: { row: ContainerRow; spec: WrittenSpec; volumes: readonly VolumeRow[] },
): BinItem {
  const removedAt = row.removedAt ?? 0;
  return {
    id: row.id,
    environmentId: row.environmentId,
    tenantId: row.tenantId,
    name: row.name,
    image: spec.image,
    preset: row.preset,
    owner: row.ownerId === null ? null : { id: row.ownerId, displayName: row.ownerName ?? '' },
    deletedAt: toIso(removedAt),
    until: toIso(removedAt + BIN_MS),
    data: spec.volumes.map(({ name, target }) => ({
      name,
      target,
      state: stateOf(
        volumes.find((volume) => volume.name === name && volume.environmentId === row.environmentId),
        row,
      ),
    })),
    rights: rightsOn(actor, OFFERED, row),
  };
}

/** Kept for whoever had the container; what somebody else took over meanwhile is theirs. */
export function stateOf(
  volume: VolumeRow | undefined,
  { ownerId }: Pick<ContainerRow, 'ownerId'>,
): BinItem['data'][number]['state'] {
  if (!volume) return 'gone';
  const isKept = volume.containerId === null && volume.removalId === null && volume.ownerId === ownerId;
  return isKept ? 'kept' : 'used';
}

const Sizes = z.object({ diskBytes: z.number().catch(0) });
/** The part of its disk that is counted and not held to. */
export const diskBytesOf = ({ configuration }: Pick<ContainerRow, 'configuration'>): number =>
  Sizes.parse(configuration ?? {}).diskBytes;

/** 409 unless its name was typed. */
export function assertTyped(typed: string, name: string): void {
  if (typed === name) return;
  throw conflict('conflict', `Type ${name} to have it forgotten for good.`, { params: { name } });
}
