import * as z from 'zod';
import { Email } from './identity.ts';
import { Timestamp } from './wire.ts';

/** Why a mail was not taken. `refused`: the server will never take it; everything else may pass. */
export const MailFailure = z.enum(['unreachable', 'timeout', 'tls', 'login', 'deferred', 'refused', 'late', 'dropped']);
export type MailFailure = z.infer<typeof MailFailure>;

/** Where mail goes, as configured, and how it is going. The password is never told. */
export const MailStatus = z.object({
  configured: z.boolean(),
  /** Null where nothing is configured. */
  server: z
    .object({
      host: z.string(),
      port: z.int(),
      tls: z.enum(['starttls', 'tls', 'none']),
      user: z.string().nullable(),
      from: z.string(),
    })
    .nullable(),
  /** Not taken yet. */
  waiting: z.int(),
  /** Given up in the last thirty days. */
  failed: z.int(),
  /** The last that did not go, whether it is still tried or not. */
  lastFailure: z.object({ failure: MailFailure, said: z.string().nullable(), at: Timestamp }).nullable(),
});
export type MailStatus = z.infer<typeof MailStatus>;

export const SendTestMail = z.strictObject({ to: Email });
export type SendTestMail = z.infer<typeof SendTestMail>;
