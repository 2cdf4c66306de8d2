import * as z from 'zod';
import { Capability } from './capabilities.ts';
import { Timestamp, listOf } from './wire.ts';

/** A named set of capabilities: what people can be in their tenant, and what they can be given on a thing. */
export const Role = z.object({
  /** Its name again: live changes are told by it. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  capabilities: z.array(Capability),
  /** Every panel has it; it can be copied and not changed. */
  builtIn: z.boolean(),
  updatedAt: Timestamp,
  /** How many people carry it. */
  people: z.int(),
  /** How many grants name it. */
  grants: z.int(),
});
export type Role = z.infer<typeof Role>;
export const RoleList = listOf(Role);
export type RoleList = z.infer<typeof RoleList>;
export const PutRole = z.strictObject({
  description: z.string().trim().max(200),
  /** What can be granted on a thing or for a tenant; left out, those it has stay. */
  capabilities: z.array(Capability).max(200).optional(),
});
export type PutRole = z.infer<typeof PutRole>;
