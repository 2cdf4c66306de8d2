import { Injectable } from '@nestjs/common';
import { type PasskeyId, PlatformRole, type TenantId, type UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { HomeDatabases } from './home-databases.js';
import type { Home } from './home.js';
import { PasskeyRow } from './passkey.entity.js';
import { PasswordReset } from './password-reset.entity.js';
import { RecoveryCodeRow } from './recovery-code.entity.js';
import { TwoFactor } from './two-factor.entity.js';
import { User } from './user.entity.js';
import { roleInTenant } from './users.rules.js';

interface Belonging {
  userId: UserId;
}
/** What belongs to an account beside its own row. It moves with the account and goes with it. */
export const BELONGINGS: ReadonlyArray<new () => Belonging> = [TwoFactor, RecoveryCodeRow, PasskeyRow, PasswordReset];
export type Belongings = ReadonlyArray<readonly [new () => Belonging, readonly Belonging[]]>;

const epochMs = z.coerce.number();
const id = <Id extends string>() => z.custom<Id>((value) => typeof value === 'string');

/** Whoever a credential is of, as every request needs it. PostgreSQL hands bigint out as text, SQLite booleans as 0 and 1. */
const Account = z.object({
  username: z.string(),
  displayName: z.string(),
  platformRole: PlatformRole,
  roleTag: z.string().nullable(),
  active: z.coerce.boolean(),
  rightsVersion: z.number(),
  /** Whether they have a second factor, or a passkey stands for it. */
  twoFactor: z.coerce.boolean(),
});
const Place = z.object({
  userId: id<UserId>(),
  tenantId: id<TenantId>(),
  home: z.enum(['system', 'tenant']),
  slug: z.string(),
  archivedAt: epochMs.nullable(),
});
export type Holder = z.infer<typeof Account> & Pick<z.infer<typeof Place>, 'userId' | 'tenantId'>;

/** Which passkeys stand for the second factor: any, or the one a session came with. */
type WhichPasskey = '' | 'AND k."id" = c."passkeyId"' | 'AND k."id" = ?';
const accountBy = (
  which: WhichPasskey,
): string => `u."username", u."displayName", u."platformRole", u."roleTag", u."active", u."rightsVersion",
  (EXISTS (SELECT 1 FROM "two_factor" f WHERE f."userId" = u."id" AND f."confirmedAt" IS NOT NULL)
  OR EXISTS (SELECT 1 FROM "passkeys" k WHERE k."userId" = u."id" ${which})) AS "twoFactor"`;
const inTenantBy = (which: WhichPasskey): string => `SELECT ${accountBy(which)} FROM "users" u WHERE u."id" = ?`;
/** What to select of a credential's holder beside the credential `c`, and what to join for it. */
export const holderBy = (which: WhichPasskey): string =>
  `c."userId", p."tenantId", p."home", t."slug", t."archivedAt", ${accountBy(which)}`;
export const HOLDERS = `JOIN "people" p ON p."userId" = c."userId" JOIN "tenants" t ON t."id" = p."tenantId"
  LEFT JOIN "users" u ON u."id" = c."userId"`;

/** Accounts, in whichever database they live. */
@Injectable()
export class AccountsStore {
  constructor(private readonly homes: HomeDatabases) {}

  async find(home: Home, id: UserId): Promise<User | null> {
    const user = await this.homes.use(home, (database) => database.repository(User).findOneBy({ id }));
    return user && asFound(home, user);
  }

  /** Tenants whose database is open come first: of many, each would else push out the next one that is asked. */
  openFirst<Of extends { slug: string }>(tenants: readonly Of[]): Of[] {
    const isOpen = ({ slug }: Of) => this.homes.isOpen({ kind: 'tenant', slug });
    return [...tenants.filter(isOpen), ...tenants.filter((tenant) => !isOpen(tenant))];
  }

  async all(home: Home): Promise<User[]> {
    const users = await this.homes.use(home, (database) => database.repository(User).find());
    return users.map((user) => asFound(home, user));
  }

  getIn(rows: EntityManager, id: UserId): Promise<User | null> {
    return rows.findOneBy(User, { id });
  }

  isNamedIn(rows: EntityManager, username: string): Promise<boolean> {
    return rows.existsBy(User, { username });
  }

  findByEmailIn(rows: EntityManager, email: string): Promise<User | null> {
    return rows.findOneBy(User, { email });
  }

  findByEmail(home: Home, email: string): Promise<User | null> {
    return this.homes.use(home, (database) => database.repository(User).findOneBy({ email }));
  }

  /** What was opened under what they had before: it must not outlive it. */
  async forgetResets(rows: EntityManager, userId: UserId): Promise<void> {
    await rows.delete(PasswordReset, { userId });
  }

  countActiveOwners(rows: EntityManager): Promise<number> {
    return rows.countBy(User, { platformRole: 'owner', active: true });
  }

  async add(rows: EntityManager, user: User): Promise<void> {
    await rows.insert(User, user);
  }

  /** All that has to be carried where the account is carried. */
  belongingsOf(home: Home, userId: UserId): Promise<Belongings> {
    return this.homes.use(home, (database) =>
      Promise.all(BELONGINGS.map(async (kind) => [kind, await database.repository(kind).findBy({ userId })] as const)),
    );
  }

  /** Over whatever an earlier try left. */
  async put(rows: EntityManager, user: User, belongings: Belongings): Promise<void> {
    await rows.upsert(User, user, ['id']);
    for (const [kind, things] of belongings) {
      await rows.delete(kind, { userId: user.id });
      if (things.length > 0) await rows.insert(kind, [...things]);
    }
  }

  async update(rows: EntityManager, id: UserId, changes: Partial<User>): Promise<void> {
    await rows.getRepository(User).update({ id }, changes);
  }

  async remove(rows: EntityManager, id: UserId): Promise<void> {
    for (const kind of BELONGINGS) await rows.delete(kind, { userId: id });
    await rows.delete(User, { id });
  }

  /**
   * Of a row that selected `holderBy`: one more look where the account is a tenant's; nobody while that is archived.
   * `passkeyId` is the one a session came with; undefined where any stands for the second factor.
   */
  async holderIn(row: unknown, passkeyId?: PasskeyId | null): Promise<Holder | undefined> {
    const { home, slug, archivedAt, userId, tenantId } = Place.parse(row);
    if (home === 'system') return { userId, tenantId, ...Account.parse(row) };
    if (archivedAt !== null) return undefined;
    const [account] = await this.homes.use({ kind: 'tenant', slug }, (tenant) =>
      passkeyId === undefined
        ? tenant.read(inTenantBy(''), [userId])
        : tenant.read(inTenantBy('AND k."id" = ?'), [passkeyId, userId]),
    );
    if (account === undefined) return undefined;
    const found = Account.parse(account);
    return { userId, tenantId, ...found, platformRole: roleInTenant(found.platformRole) };
  }
}

const asFound = (home: Home, user: User): User =>
  home.kind === 'system' ? user : { ...user, platformRole: roleInTenant(user.platformRole) };
