import * as z from 'zod';

/** What the login page names its button by; also part of the address a provider sends people back to. */
export const SignInProviderId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'Use 1 to 32 lower-case letters, digits or dashes.');
export const SignInProviderKind = z.enum(['oidc', 'google', 'entra', 'github']);
export type SignInProviderKind = z.infer<typeof SignInProviderKind>;

/** Somewhere else people can prove who they are. */
export const SignInProviderInfo = z.object({ id: SignInProviderId, kind: SignInProviderKind, label: z.string() });
export type SignInProviderInfo = z.infer<typeof SignInProviderInfo>;
export const SignInProviderList = z.object({ items: z.array(SignInProviderInfo) });
export type SignInProviderList = z.infer<typeof SignInProviderList>;

/** `next` is a path on the panel; anything else leads to its first page. */
export const StartProviderSignIn = z.strictObject({ next: z.string().max(2000).optional() });
export type StartProviderSignIn = z.infer<typeof StartProviderSignIn>;
