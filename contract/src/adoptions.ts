import * as z from 'zod';
import { Configuration } from './configurations.ts';
import { UserId } from './ids.ts';

/** What makes a container more than one may be handed. */
export const UnsafeMaking = z.enum([
  'privileged',
  'host_namespace',
  'other_namespace',
  'capabilities',
  'devices',
  'unconfined',
  'engine_socket',
  'host_folder',
]);
export type UnsafeMaking = z.infer<typeof UnsafeMaking>;

/** What of its making no field here says. One that is needed stands in the way of making it anew; any other would be gone then. */
export const NotTakenOver = z.object({ what: z.string(), needed: z.boolean() });
export type NotTakenOver = z.infer<typeof NotTakenOver>;

/** A container that was made outside, looked at before it is taken over. */
export const Adoption = z.object({
  configuration: Configuration,
  notTakenOver: z.array(NotTakenOver),
  /** Why it cannot be taken over; empty where it can. */
  unsafe: z.array(UnsafeMaking),
});
export type Adoption = z.infer<typeof Adoption>;

/** Whose it is to be, in their tenant; of whoever takes it over where nobody is named. */
export const AdoptContainer = z.strictObject({ owner: UserId.optional() });
export type AdoptContainer = z.infer<typeof AdoptContainer>;
