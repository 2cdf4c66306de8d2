import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { RoleTag, SignInProviderId, TenantSlug } from '@bailiwick/contract';
import * as z from 'zod';

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
const Issuer = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) => new URL(text).protocol === 'https:' || isLoopback(new URL(text)),
    'has to be https, but on this machine itself',
  );
const Scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/);

/** What a group of the provider makes of people here. Owners are made by owners only. */
const RoleOfGroup = z.strictObject({
  group: z.string().min(1).max(200),
  platformRole: z.enum(['administrator', 'member', 'viewer']).optional(),
  roleTag: RoleTag.optional(),
});
const common = {
  id: SignInProviderId,
  /** What stands on the button. */
  label: z.string().trim().min(1).max(60),
  clientId: z.string().min(1).max(500),
  /** Beside this file unless it is a whole path. */
  clientSecretFile: z.string().min(1),
  /** Whose people come by it. */
  tenant: TenantSlug.default('default'),
  /** Whether somebody nobody knows gets an account. */
  createPeople: z.boolean().default(false),
  /** Whether an account here of the same address, which the provider has verified, is theirs. */
  linkByVerifiedEmail: z.boolean().default(false),
  /** What people are whom no group makes anything. */
  defaultRole: z.enum(['member', 'viewer']).default('viewer'),
};
const groups = {
  scopes: z.array(Scope).max(30).default(['openid', 'profile', 'email']),
  groupClaim: z.string().min(1).max(200).default('groups'),
  roles: z.array(RoleOfGroup).max(200).default([]),
};
const Provider = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('oidc'), issuer: Issuer, ...common, ...groups }),
  z.strictObject({
    kind: z.literal('google'),
    issuer: Issuer.default('https://accounts.google.com'),
    ...common,
    ...groups,
  }),
  z.strictObject({
    kind: z.literal('entra'),
    issuer: Issuer.refine(
      (text) => !/\/(common|organizations|consumers)\//.test(`${text}/`),
      'has to name one directory: anybody could make one of their own',
    ),
    ...common,
    ...groups,
  }),
  // GitHub tells no groups.
  z.strictObject({
    kind: z.literal('github'),
    issuer: Issuer.default('https://github.com'),
    ...common,
    scopes: z.array(Scope).max(30).default(['read:user', 'user:email']),
  }),
]);
const File = z.strictObject({
  providers: z
    .array(Provider)
    .max(20)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'two of them have the same id'),
});

export type SignInProvider = z.infer<typeof Provider> & { readonly clientSecret: string };
export type OidcProvider = Exclude<SignInProvider, { kind: 'github' }>;
export type GithubProvider = Extract<SignInProvider, { kind: 'github' }>;
export type RoleOfGroup = z.infer<typeof RoleOfGroup>;

/** Throws with the path of what is wrong, one line each; secrets are in none of them. */
export function readSignInProviders(file: string): readonly SignInProvider[] {
  const parsed = File.safeParse(parseJson(file, readOwn(file)));
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => explain(file, issue)).join('\n'));
  return parsed.data.providers.map((provider, position) => {
    const secretFile = path.resolve(path.dirname(file), provider.clientSecretFile);
    const clientSecret = readOwn(secretFile).trim();
    if (clientSecret === '') throw new Error(`${file}: providers.${position}.clientSecretFile: ${secretFile} is empty`);
    return { ...provider, clientSecret };
  });
}

/** What others could read is no secret, and what others could write is no setting of ours. */
function readOwn(file: string): string {
  let mode: number;
  try {
    mode = statSync(file).mode;
  } catch (error) {
    throw new Error(`${file} cannot be read.`, { cause: error });
  }
  if (mode & 0o077) throw new Error(`${file} is open to others. Run: chmod 600 ${file}`);
  return readFileSync(file, 'utf8');
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON.`, { cause: error });
  }
}

function explain(file: string, issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${file}: ${place === '' ? key : `${place}.${key}`}: no such field`).join('\n');
  return `${file}: ${place}: ${issue.message}`;
}
