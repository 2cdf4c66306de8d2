import * as z from 'zod';
import { TenantId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** Becomes the name of a file and of a network, and never changes. */
export const TenantSlug = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,39}$/,
    'Use 1 to 40 lower-case letters, digits or dashes, starting with a letter or digit.',
  );
export const TenantName = z.string().trim().min(1).max(80);

export const Tenant = z.object({
  id: TenantId,
  slug: z.string(),
  name: z.string(),
  people: z.int(),
  containers: z.int(),
  createdAt: Timestamp,
  /** Nobody of an archived tenant signs in; all that is theirs stays. */
  archivedAt: Timestamp.nullable(),
  /** Its database cannot be read: its people are away until it is restored. */
  broken: z.boolean(),
  rights: Rights,
});
export type Tenant = z.infer<typeof Tenant>;
export const TenantList = listOf(Tenant);
export type TenantList = z.infer<typeof TenantList>;
export const TenantAnswer = z.object({ item: Tenant });
export type TenantAnswer = z.infer<typeof TenantAnswer>;

export const CreateTenant = z.strictObject({ slug: TenantSlug, name: TenantName });
export type CreateTenant = z.infer<typeof CreateTenant>;
export const RenameTenant = z.strictObject({ name: TenantName });
export type RenameTenant = z.infer<typeof RenameTenant>;
