import { Injectable } from '@nestjs/common';
import { type PasskeyId, PlatformRole, type SessionId, type TenantId, type UserId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import * as z from 'zod';
import { Database } from '../../kernel/database/database.js';
import { TenantDatabases } from '../../kernel/database/tenant-databases.js';
import { Session } from './session.entity.js';
import { roleInTenant } from './users.rules.js';

const epochMs = z.coerce.number();
const id = <Id extends string>() => z.custom<Id>((value) => typeof value === 'string');

/** A session and whose it is. PostgreSQL hands bigint out as text, SQLite booleans as 0 and 1. */
const SessionAt = z.object({
  id: id<SessionId>(),
  userId: id<UserId>(),
  tenantId: id<TenantId>(),
  idleEndsAt: epochMs,
  endsAt: epochMs,
  revokedAt: epochMs.nullable(),
  steppedUpAt: epochMs.nullable(),
  passkeyId: id<PasskeyId>().nullable(),
  address: z.string(),
});
const Account = z.object({
  username: z.string(),
  displayName: z.string(),
  platformRole: PlatformRole,
  roleTag: z.string().nullable(),
  active: z.coerce.boolean(),
  rightsVersion: z.number(),
  /** Whether they have a second factor, or came with a passkey that is still theirs. */
  twoFactor: z.coerce.boolean(),
});
const Place = z.object({ home: z.enum(['system', 'tenant']), slug: z.string(), archivedAt: epochMs.nullable() });
export type SessionOfUser = z.infer<typeof SessionAt> & z.infer<typeof Account>;

const accountBy = (
  passkeyId: 's."passkeyId"' | '?',
): string => `u."username", u."displayName", u."platformRole", u."roleTag", u."active", u."rightsVersion",
  (EXISTS (SELECT 1 FROM "two_factor" f WHERE f."userId" = u."id" AND f."confirmedAt" IS NOT NULL)
  OR EXISTS (SELECT 1 FROM "passkeys" k WHERE k."userId" = u."id" AND k."id" = ${passkeyId})) AS "twoFactor"`;
const lookBy = (
  column: 'tokenHash' | 'id',
): string => `SELECT s."id", s."userId", s."idleEndsAt", s."endsAt", s."revokedAt", s."steppedUpAt", s."passkeyId",
  s."address", p."tenantId", p."home", t."slug", t."archivedAt", ${accountBy('s."passkeyId"')}
  FROM "sessions" s JOIN "people" p ON p."userId" = s."userId" JOIN "tenants" t ON t."id" = p."tenantId"
  LEFT JOIN "users" u ON u."id" = s."userId" WHERE s."${column}" = ?`;
const ACCOUNT_IN_TENANT = `SELECT ${accountBy('?')} FROM "users" u WHERE u."id" = ?`;
const ENDED = `SELECT s."id", s."userId" FROM "sessions" s LEFT JOIN "users" u ON u."id" = s."userId"
  WHERE s."revokedAt" IS NULL AND (s."idleEndsAt" <= ? OR s."endsAt" <= ? OR u."active" = ?) LIMIT 500`;
const EndedSession = z.object({ id: id<SessionId>(), userId: id<UserId>() });
export type EndedSession = z.infer<typeof EndedSession>;

@Injectable()
export class SessionsStore {
  constructor(
    private readonly database: Database,
    private readonly tenantDatabases: TenantDatabases,
  ) {}

  async findByTokenHash(tokenHash: string): Promise<SessionOfUser | undefined> {
    return this.look('tokenHash', tokenHash);
  }

  async findOfUser(sessionId: SessionId): Promise<SessionOfUser | undefined> {
    return this.look('id', sessionId);
  }

  findById(sessionId: SessionId): Promise<Session | null> {
    return this.database.repository(Session).findOneBy({ id: sessionId });
  }

  /** Not yet revoked, although their time is over or their person is disabled. */
  async overdue(now: number): Promise<EndedSession[]> {
    const inactive = this.database.kind === 'postgres' ? false : 0;
    return (await this.database.read(ENDED, [now, now, inactive])).map((row) => EndedSession.parse(row));
  }

  async ofUser(rows: EntityManager, userId: UserId): Promise<EndedSession[]> {
    return rows.find(Session, { select: { id: true, userId: true }, where: { userId, revokedAt: IsNull() } });
  }

  /** Newest use first. */
  openOf(userId: UserId): Promise<Session[]> {
    return this.database
      .repository(Session)
      .find({ where: { userId, revokedAt: IsNull() }, order: { lastUsedAt: 'DESC' } });
  }

  async stepUp(rows: EntityManager, id: SessionId, at: number): Promise<void> {
    await rows.getRepository(Session).update({ id, revokedAt: IsNull() }, { steppedUpAt: at });
  }

  /** Which passkey its person proved themselves with last. */
  async bindPasskey(rows: EntityManager, id: SessionId, passkeyId: PasskeyId): Promise<void> {
    await rows.getRepository(Session).update({ id, revokedAt: IsNull() }, { passkeyId });
  }

  async add(rows: EntityManager, session: Session): Promise<void> {
    await rows.insert(Session, session);
  }

  async touch(rows: EntityManager, sessionId: SessionId, lastUsedAt: number, idleEndsAt: number): Promise<void> {
    await rows.getRepository(Session).update({ id: sessionId, revokedAt: IsNull() }, { lastUsedAt, idleEndsAt });
  }

  /** True for whoever ended it; false when it had ended before. */
  async revoke(rows: EntityManager, sessionId: SessionId, now: number): Promise<boolean> {
    const { affected } = await rows
      .getRepository(Session)
      .update({ id: sessionId, revokedAt: IsNull() }, { revokedAt: now });
    return (affected ?? 0) > 0;
  }

  async forgetEndedBefore(rows: EntityManager, before: number): Promise<void> {
    await rows.delete(Session, { revokedAt: LessThan(before) });
  }

  private async look(column: 'tokenHash' | 'id', value: string): Promise<SessionOfUser | undefined> {
    const [row] = await this.database.read(lookBy(column), [value]);
    if (row === undefined) return undefined;
    const session = SessionAt.parse(row);
    const { home, slug, archivedAt } = Place.parse(row);
    if (home === 'system') return { ...session, ...Account.parse(row) };
    if (archivedAt !== null) return undefined;
    const [account] = await this.tenantDatabases.use(slug, (tenant) =>
      tenant.read(ACCOUNT_IN_TENANT, [session.passkeyId, session.userId]),
    );
    if (account === undefined) return undefined;
    const found = Account.parse(account);
    return { ...session, ...found, platformRole: roleInTenant(found.platformRole) };
  }
}
