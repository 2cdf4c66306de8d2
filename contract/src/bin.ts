import * as z from 'zod';
import { ContainerName } from './containers.ts';
import { ContainerId, EnvironmentId, TenantId, UserId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** A container that was deleted and can be brought back: as it was made, with the data that was kept. */
export const BinItem = z.object({
  id: ContainerId,
  environmentId: EnvironmentId,
  tenantId: TenantId,
  name: z.string(),
  image: z.string(),
  preset: z.string().nullable(),
  owner: z.object({ id: UserId, displayName: z.string() }).nullable(),
  deletedAt: Timestamp,
  /** From then on it cannot be brought back. */
  until: Timestamp,
  /** `kept`: the data is there; `used`: another container has it now; `gone`: it was deleted, and would begin empty. */
  data: z.array(z.object({ name: z.string(), target: z.string(), state: z.enum(['kept', 'used', 'gone']) })),
  rights: Rights,
});
export type BinItem = z.infer<typeof BinItem>;
export const BinList = listOf(BinItem);
export type BinList = z.infer<typeof BinList>;

/** Under its own name and ports, unless others are chosen here. */
export const RestoreContainer = z.strictObject({
  name: ContainerName.optional(),
  /** Take other host ports where its own are in use by now. */
  anyPorts: z.boolean().default(false),
});
export type RestoreContainer = z.infer<typeof RestoreContainer>;

/** How it was made is forgotten; nothing brings it back: its name is typed. Kept data stays. */
export const PurgeContainer = z.strictObject({ confirmName: z.string().max(255) });
export type PurgeContainer = z.infer<typeof PurgeContainer>;
