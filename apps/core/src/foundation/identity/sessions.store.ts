import { Injectable } from '@nestjs/common';
import type { PasskeyId, SessionId, UserId } from '@bailiwick/contract';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import * as z from 'zod';
import { Database } from '../../kernel/database/database.js';
import { AccountsStore, type Holder, holderBy, HOLDERS } from './accounts.store.js';
import { Session } from './session.entity.js';

const epochMs = z.coerce.number();
const id = <Id extends string>() => z.custom<Id>((value) => typeof value === 'string');

/** A session and whose it is. PostgreSQL hands bigint out as text. */
const SessionAt = z.object({
  id: id<SessionId>(),
  kind: z.enum(['browser', 'program']),
  idleEndsAt: epochMs,
  endsAt: epochMs,
  revokedAt: epochMs.nullable(),
  steppedUpAt: epochMs.nullable(),
  passkeyId: id<PasskeyId>().nullable(),
  viewAs: id<UserId>().nullable(),
  address: z.string(),
});
export type SessionOfUser = z.infer<typeof SessionAt> & Holder;

const lookBy = (
  column: 'tokenHash' | 'id',
): string => `SELECT c."id", c."kind", c."idleEndsAt", c."endsAt", c."revokedAt", c."steppedUpAt", c."passkeyId",
  c."viewAs", c."address", ${holderBy('AND k."id" = c."passkeyId"')}
  FROM "sessions" c ${HOLDERS} WHERE c."${column}" = ?`;
const ENDED = `SELECT s."id", s."userId" FROM "sessions" s LEFT JOIN "users" u ON u."id" = s."userId"
  WHERE s."revokedAt" IS NULL AND (s."idleEndsAt" <= ? OR s."endsAt" <= ? OR u."active" = ?) LIMIT 500`;
const EndedSession = z.object({ id: id<SessionId>(), userId: id<UserId>() });
export type EndedSession = z.infer<typeof EndedSession>;

@Injectable()
export class SessionsStore {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsStore,
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

  async setViewAs(rows: EntityManager, id: SessionId, viewAs: UserId | null): Promise<void> {
    await rows.getRepository(Session).update({ id, revokedAt: IsNull() }, { viewAs });
  }

  async add(rows: EntityManager, session: Session): Promise<void> {
    await rows.insert(Session, session);
  }

  async touch(rows: EntityManager, sessionId: SessionId, lastUsedAt: number, idleEndsAt: number): Promise<void> {
    await rows.getRepository(Session).update({ id: sessionId, revokedAt: IsNull() }, { lastUsedAt, idleEndsAt });
  }

  async noteUse(rows: EntityManager, sessionId: SessionId, at: number): Promise<void> {
    await rows.getRepository(Session).update({ id: sessionId, revokedAt: IsNull() }, { lastUsedAt: at });
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
    const holder = await this.accounts.holderIn(row, session.passkeyId);
    return holder && { ...session, ...holder };
  }
}
