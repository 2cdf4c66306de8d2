import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type PasskeyId, SessionId, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { unauthenticated } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { CONFIG } from '../../kernel/tokens.js';
import { AccessBook } from '../access/access-book.js';
import { type Actor, type BrowserActor, sessionOf } from '../access/actor.js';
import { OutboxService } from './outbox.service.js';
import { hashToken, newSessionToken } from './session-cookie.js';
import type { Session } from './session.entity.js';
import { idleEnd, isAlive, needsTouch, type SessionTimes } from './sessions.rules.js';
import { type EndedSession, type SessionOfUser, SessionsStore } from './sessions.store.js';
import { TwoFactorChallengesService } from './two-factor-challenges.service.js';
import { TwoFactorPolicyService } from './two-factor-policy.service.js';

declare module './outbox.service.js' {
  interface SystemEffects {
    /** Everything this person has open ends, but for one session. */
    'sessions.endAll': { userId: UserId; except?: SessionId | undefined };
  }
}

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** Signed out, expired, revoked or its person disabled: whatever is open under it closes. */
    'session.ended': { sessionId: SessionId; userId: UserId };
  }
}

const SWEEP_MS = 500;
const STEP_UP_MS = 5 * 60_000;
/** A program signs in anew once in that time, however often it refreshed. */
const PROGRAM_MS = 30 * 24 * 3_600_000;
const EndAll = z.object({ userId: UserId, except: SessionId.optional() });
const KEEP_ENDED_MS = 30 * 24 * 3_600_000;

/** Who signs in, from where and with what. */
export type Opener = Pick<Session, 'userId' | 'address' | 'device'> & { passkeyId?: PasskeyId | null };

/** A session that was just opened; the token is told once, to the browser. */
export interface OpenedSession {
  readonly id: SessionId;
  readonly token: string;
  readonly maxAgeMs: number;
}

/** Opens, proves and ends sessions; announces every end. */
@Injectable()
export class SessionsService implements OnModuleInit, OnModuleDestroy {
  private readonly times: SessionTimes;
  private readonly log: Log;
  private sweeping: NodeJS.Timeout | undefined;
  private busy = false;

  constructor(
    private readonly sessions: SessionsStore,
    private readonly outbox: OutboxService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    private readonly key: SecretKey,
    private readonly policy: TwoFactorPolicyService,
    private readonly book: AccessBook,
    private readonly challenges: TwoFactorChallengesService,
    @Inject(CONFIG) config: Config,
    coreLog: CoreLog,
  ) {
    this.times = {
      idleMs: config.BAILIWICK_SESSION_IDLE_MIN * 60_000,
      maxMs: config.BAILIWICK_SESSION_MAX_H * 3_600_000,
    };
    this.log = coreLog.for('sessions');
  }

  onModuleInit(): void {
    this.outbox.handle('sessions.endAll', EndAll, async (rows, { userId, except }) => {
      await this.challenges.endAll(rows, userId);
      const ended = await this.endAll(rows, userId, except);
      return () => ended.forEach((session) => this.announceEnd(session));
    });
    this.sweeping = setInterval(() => void this.endOverdue(), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeping);
  }

  async open(rows: EntityManager, opener: Opener): Promise<OpenedSession> {
    const token = newSessionToken();
    const { maxMs } = this.times;
    const { id } = await this.add(rows, opener, { kind: 'browser', tokenHash: hashToken(token), maxMs });
    return { id, token, maxAgeMs: maxMs };
  }

  /** For a program that signed in: it is kept by refresh tokens, and does not end by idling. */
  openProgram(rows: EntityManager, opener: Opener): Promise<Session> {
    return this.add(rows, opener, { kind: 'program', tokenHash: null, maxMs: PROGRAM_MS });
  }

  /** The session behind a token; undefined once it ended or its person was disabled. One look at the database, so an end holds at once. */
  async find(token: string): Promise<SessionOfUser | undefined> {
    return this.living(await this.sessions.findByTokenHash(hashToken(token)));
  }

  /** The session of a program; undefined once it ended or its person was disabled. */
  async findProgram(id: SessionId): Promise<SessionOfUser | undefined> {
    const session = await this.living(await this.sessions.findOfUser(id));
    return session?.kind === 'program' ? session : undefined;
  }

  /** Undefined once it ended or its person was disabled. */
  async findById(id: SessionId): Promise<SessionOfUser | undefined> {
    return this.living(await this.sessions.findOfUser(id));
  }

  /** A program asked for its next token. */
  async noteUse(rows: EntityManager, id: SessionId): Promise<void> {
    await this.sessions.noteUse(rows, id, this.clock.now());
  }

  /** Whoever just got this token. */
  async actorOf(token: string): Promise<BrowserActor> {
    const session = await this.find(token);
    if (!session) throw unauthenticated();
    return this.toActor(session);
  }

  async endsOf(sessionId: SessionId): Promise<{ idleEndsAt: number; endsAt: number }> {
    const session = await this.sessions.findById(sessionId);
    if (!session) throw unauthenticated();
    return session;
  }

  /** Whether the session lives and its person's rights are still those the actor was made with. */
  async isCurrent(actor: Actor): Promise<boolean> {
    const session = await this.living(await this.sessions.findOfUser(sessionOf(actor)));
    return (
      session !== undefined &&
      session.rightsVersion === actor.rightsVersion &&
      this.book.standingOf(session).version === actor.standing.version &&
      this.policy.isMissing(session) === actor.twoFactorMissing
    );
  }

  /** Moves the idle end; for requests only, an open socket is no sign of life. */
  async touch(session: SessionOfUser): Promise<void> {
    const now = this.clock.now();
    if (!needsTouch(session, now, this.times)) return;
    const end = idleEnd(now, session.endsAt, this.times);
    await this.database.transaction((rows) => this.sessions.touch(rows, session.id, now, end));
  }

  /** Inside the caller's transaction; call `announceEnd` once that is committed. */
  async end(rows: EntityManager, sessionId: SessionId): Promise<void> {
    await this.sessions.revoke(rows, sessionId, this.clock.now());
  }

  /** The same for everything this person has open. */
  async endAll(rows: EntityManager, userId: UserId, except?: SessionId): Promise<EndedSession[]> {
    const open = (await this.sessions.ofUser(rows, userId)).filter(({ id }) => id !== except);
    for (const { id } of open) await this.end(rows, id);
    return open;
  }

  /** What this person has open, the last used first. */
  async openOf(userId: UserId): Promise<Session[]> {
    const now = this.clock.now();
    return (await this.sessions.openOf(userId)).filter((session) => isAlive(session, now));
  }

  /** Its person has proved again who they are. */
  async stepUp(rows: EntityManager, sessionId: SessionId): Promise<void> {
    await this.sessions.stepUp(rows, sessionId, this.clock.now());
  }

  /** The same by a passkey: from then on the session counts as opened with two factors. */
  async stepUpByPasskey(rows: EntityManager, sessionId: SessionId, passkeyId: PasskeyId): Promise<void> {
    await this.sessions.stepUp(rows, sessionId, this.clock.now());
    await this.sessions.bindPasskey(rows, sessionId, passkeyId);
  }

  announceEnd(session: EndedSession): void {
    this.events.publish('session.ended', { sessionId: session.id, userId: session.userId });
  }

  /** The token a browser must repeat in a header: other sites can send the cookie, but cannot read this. */
  csrfOf(sessionId: SessionId): string {
    return this.key.sign('csrf', sessionId);
  }

  isCsrfOf(sessionId: SessionId, given: string): boolean {
    return this.key.verify('csrf', sessionId, given);
  }

  toActor(session: SessionOfUser): BrowserActor {
    const { id, userId, username, displayName, platformRole, roleTag, tenantId, active, rightsVersion } = session;
    return {
      kind: 'user',
      credential: 'cookie',
      userId,
      username,
      displayName,
      platformRole,
      roleTag,
      tenantId,
      sessionId: id,
      active,
      twoFactorMissing: this.policy.isMissing(session),
      rightsVersion,
      standing: this.book.standingOf({ userId, tenantId, roleTag }),
      provedUntil: (session.steppedUpAt ?? 0) + STEP_UP_MS,
      via: 'panel',
    };
  }

  /** One that is found over is ended for good: a clock that is set back must not bring it to life again. */
  private async living(session: SessionOfUser | undefined): Promise<SessionOfUser | undefined> {
    if (!session || session.revokedAt !== null) return undefined;
    if (isAlive(session, this.clock.now())) return session.active ? session : undefined;
    await this.database.transaction((rows) => this.end(rows, session.id));
    this.announceEnd(session);
    return undefined;
  }

  private async add(
    rows: EntityManager,
    { userId, address, device, passkeyId = null }: Opener,
    { kind, tokenHash, maxMs }: Pick<Session, 'kind' | 'tokenHash'> & { maxMs: number },
  ): Promise<Session> {
    const now = this.clock.now();
    const endsAt = now + maxMs;
    const session: Session = {
      id: newId('ses'),
      kind,
      tokenHash,
      userId,
      createdAt: now,
      lastUsedAt: now,
      idleEndsAt: kind === 'program' ? endsAt : idleEnd(now, endsAt, this.times),
      endsAt,
      revokedAt: null,
      // Whoever just signed in has just proved who they are.
      steppedUpAt: now,
      passkeyId,
      viewAs: null,
      address,
      device: device.slice(0, 200),
    };
    await this.sessions.forgetEndedBefore(rows, now - KEEP_ENDED_MS);
    await this.sessions.add(rows, session);
    return session;
  }

  /** Nobody asks on behalf of an idle session, so its end is looked for. */
  private async endOverdue(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const overdue = await this.sessions.overdue(this.clock.now());
      if (overdue.length === 0) return;
      await this.database.transaction(async (rows) => {
        for (const { id } of overdue) await this.end(rows, id);
      });
      for (const session of overdue) this.announceEnd(session);
    } catch (error) {
      this.log.error({ err: error }, 'Looking for ended sessions failed');
    } finally {
      this.busy = false;
    }
  }
}
