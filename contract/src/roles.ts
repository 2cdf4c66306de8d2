import * as z from 'zod';
import { Timestamp, listOf } from './wire.ts';

/** What people can be in their tenant; what it lets them do is set where things are granted. */
export const Role = z.object({
  /** Its name again: live changes are told by it. */
  id: z.string(),
  name: z.string(),
  description: z.string(),
  updatedAt: Timestamp,
  /** How many people carry it. */
  people: z.int(),
});
export type Role = z.infer<typeof Role>;
export const RoleList = listOf(Role);
export type RoleList = z.infer<typeof RoleList>;
export const PutRole = z.strictObject({ description: z.string().trim().max(200) });
export type PutRole = z.infer<typeof PutRole>;
