import { Email } from '@bailiwick/contract';
import * as z from 'zod';

/** Somebody as a provider describes them. */
export interface ExternalPerson {
  readonly issuer: string;
  readonly subject: string;
  /** What they are called there; where they come from nothing better may be known. */
  readonly username: string | null;
  readonly displayName: string | null;
  /** Lower-case; null where the provider has not verified it. */
  readonly verifiedEmail: string | null;
  readonly groups: readonly string[];
}

const Text = z.string().trim().min(1).max(200);
const Claims = z.looseObject({
  sub: z.string().min(1).max(255),
  preferred_username: Text.optional().catch(undefined),
  name: Text.optional().catch(undefined),
  email: Email.optional().catch(undefined),
  // Some say it as text.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(undefined),
});
const Groups = z.union([z.array(z.string()).max(2000), z.string().transform((one) => [one])]);

/** What an ID token and the answer to "who is this" say together. */
export function toExternalPerson(issuer: string, groupClaim: string, claims: unknown): ExternalPerson {
  const said = Claims.parse(claims);
  return {
    issuer,
    subject: said.sub,
    username: said.preferred_username ?? said.email?.split('@')[0] ?? null,
    displayName: said.name ?? null,
    verifiedEmail: said.email_verified === true && said.email !== undefined ? said.email.toLowerCase() : null,
    groups: Groups.safeParse(said[groupClaim]).data ?? [],
  };
}

/** A user name of ours that is like theirs; undefined where nothing of it can be used. */
export function toUsername(name: string | null): string | undefined {
  const plain = (name ?? '')
    .split('@')[0]
    ?.normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
    .slice(0, 28);
  return plain !== undefined && plain.length >= 2 ? plain : undefined;
}
