import * as z from 'zod';
import { ContainerId, EnvironmentId, OperationId, TenantId, UserId, VolumeId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** In use by a container, or kept for nobody. */
export const VolumeState = z.enum(['attached', 'kept']);
export type VolumeState = z.infer<typeof VolumeState>;
/** A volume of its engine, or a managed workspace: a folder the panel keeps on its own host. */
export const VolumeKind = z.enum(['volume', 'workspace']);
export type VolumeKind = z.infer<typeof VolumeKind>;

/** A volume a deploy made: the data of a container, which stays when the container goes. */
export const Volume = z.object({
  id: VolumeId,
  environmentId: EnvironmentId,
  tenantId: TenantId,
  kind: VolumeKind,
  /** What the engine calls it; of a workspace, where it is among them. */
  name: z.string(),
  /** What its preset calls it. */
  label: z.string(),
  /** Where its container mounts it. */
  target: z.string(),
  state: VolumeState,
  /** Who uses it; null while it is kept, and for who may not see that container. */
  container: z.object({ id: ContainerId, name: z.string() }).nullable(),
  /** Whose data it was last. */
  lastContainerName: z.string(),
  owner: z.object({ id: UserId, displayName: z.string() }).nullable(),
  createdAt: Timestamp,
  keptSince: Timestamp.nullable(),
  /** The operation that is deleting it right now. */
  operationId: OperationId.nullable(),
  rights: Rights,
});
export type Volume = z.infer<typeof Volume>;
export const VolumeList = listOf(Volume);
export type VolumeList = z.infer<typeof VolumeList>;

/** With what only its engine knows. */
export const VolumeDetail = Volume.extend({
  /** Null where the engine does not say. */
  sizeBytes: z.int().nullable(),
});
export type VolumeDetail = z.infer<typeof VolumeDetail>;

export const ListVolumes = z.strictObject({
  q: z.string().max(200).optional(),
  state: VolumeState.optional(),
  env: EnvironmentId.optional(),
  tenant: TenantId.optional(),
});
export type ListVolumes = z.infer<typeof ListVolumes>;

/** Nothing brings the data back: its name is typed. */
export const DeleteVolume = z.strictObject({ confirmName: z.string().max(255) });
export type DeleteVolume = z.infer<typeof DeleteVolume>;
