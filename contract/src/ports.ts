import * as z from 'zod';
import { ContainerId, EnvironmentId } from './ids.ts';
import { listOf } from './wire.ts';

/** Who has a port of the host; without id and name: a container the asker may not see. */
export const PortUser = z.object({
  kind: z.enum(['container', 'host']),
  id: ContainerId.nullable(),
  name: z.string().nullable(),
});
export type PortUser = z.infer<typeof PortUser>;

/** A port of the host that is not free. */
export const UsedPort = z.object({
  environmentId: EnvironmentId,
  hostPort: z.int(),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
  ip: z.string(),
  /** Reserved: held for a container that does not publish it right now; binned: for one that is gone and can be brought back. */
  state: z.enum(['published', 'reserved', 'binned', 'foreign']),
  /** Where it leads to; null while nothing publishes it. */
  containerPort: z.int().nullable(),
  usedBy: PortUser,
});
export type UsedPort = z.infer<typeof UsedPort>;
export const PortList = listOf(UsedPort);
export type PortList = z.infer<typeof PortList>;

export const FindFreePort = z.strictObject({
  protocol: z.enum(['tcp', 'udp']).default('tcp'),
  /** The next one above it. */
  after: z.coerce.number().int().min(1024).max(65535),
  env: EnvironmentId.optional(),
});
export type FindFreePort = z.infer<typeof FindFreePort>;
/** Nothing holds it for the asker: it is free right now. Null where none is near. */
export const FreePort = z.object({ hostPort: z.int().nullable() });
export type FreePort = z.infer<typeof FreePort>;

export const ListPorts = z.strictObject({
  /** Who has this one, whoever it is; without it, the ports of what one may see. */
  port: z.coerce.number().int().min(1024).max(65535).optional(),
  env: EnvironmentId.optional(),
});
export type ListPorts = z.infer<typeof ListPorts>;
