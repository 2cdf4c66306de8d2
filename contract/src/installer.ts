import * as z from 'zod';
import { DisplayName, Password, Username } from './identity.ts';
import { UserId } from './ids.ts';

/** For what sets installations up, with the token of `BAILIWICK_INSTALLER_TOKEN`. */
export const InstallerStatus = z.object({
  version: z.string(),
  database: z.enum(['sqlite', 'postgres']),
  /** No owner yet: `init-owner` makes one. */
  setupNeeded: z.boolean(),
  activeAdmins: z.int(),
});
export type InstallerStatus = z.infer<typeof InstallerStatus>;

export const InitOwner = z.strictObject({
  username: Username,
  displayName: DisplayName.optional(),
  password: Password,
});
export type InitOwner = z.infer<typeof InitOwner>;

/** A member of staff by name; a new password ends every session of theirs. */
export const ModifyAdmin = z
  .strictObject({ username: Username, password: Password.optional(), active: z.boolean().optional() })
  .refine(({ password, active }) => password !== undefined || active !== undefined, 'Name a password or a state.');
export type ModifyAdmin = z.infer<typeof ModifyAdmin>;

export const InstalledAdmin = z.object({ id: UserId, username: z.string(), active: z.boolean() });
export type InstalledAdmin = z.infer<typeof InstalledAdmin>;
