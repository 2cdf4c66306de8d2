import { Injectable } from '@nestjs/common';
import type { ProgramTokens, RefreshTokens, SignIn, SignInTwoFactor } from '@bailiwick/contract';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { AuditService, type AuditActor, type AuditTarget } from '../../foundation/audit/audit.service.js';
import { ACCESS_SECONDS, AccessTokensService } from '../../foundation/identity/access-tokens.service.js';
import type { RefreshToken } from '../../foundation/identity/refresh-token.entity.js';
import { RefreshTokensService } from '../../foundation/identity/refresh-tokens.service.js';
import type { Session } from '../../foundation/identity/session.entity.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import type { SessionOfUser } from '../../foundation/identity/sessions.store.js';
import { SignInLimitsService } from '../../foundation/identity/sign-in-limits.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { unauthenticated } from '../../kernel/errors.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import type { SignInWay } from '../identity/sign-in-opening.service.js';
import { SignInService } from '../identity/sign-in.service.js';
import { SignInTwoFactorService } from '../identity/sign-in-two-factor.service.js';

/** A session of a program: its refresh tokens are one family, and end with it. */
interface Family {
  readonly token: RefreshToken;
  readonly session: SessionOfUser;
}

/** Programs that sign in by name and password: a short access token, and a refresh token that works once. */
@Injectable()
export class ProgramSignInService {
  constructor(
    private readonly signIns: SignInService,
    private readonly secondSteps: SignInTwoFactorService,
    private readonly limits: SignInLimitsService,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokensService,
    private readonly refreshTokens: RefreshTokensService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  async signIn(request: Request, named: SignIn): Promise<ProgramTokens> {
    const { account, attempt } = await this.signIns.prove(request, named);
    return this.open(request, account, 'password', (rows) => this.limits.succeed(rows, attempt));
  }

  /** The second step, where the first was answered `two_factor_required`. */
  async signInTwoFactor(request: Request, given: SignInTwoFactor): Promise<ProgramTokens> {
    const { account, way, use } = await this.secondSteps.prove(request, given);
    return this.open(request, account, way, use);
  }

  async refresh(request: Request, { refreshToken }: RefreshTokens): Promise<ProgramTokens> {
    const family = await this.find(refreshToken);
    if (!family) throw overOrUnknown();
    const { session, token } = family;
    const next = await this.database.transaction(async (rows) => {
      const rotated = await this.refreshTokens.rotate(rows, token);
      if (rotated !== undefined) {
        await this.sessions.noteUse(rows, session.id);
        return rotated;
      }
      await this.sessions.end(rows, session.id);
      await this.audit.record(rows, { ...entryOf(request, session), action: 'sessions.reuse', outcome: 'refused' });
      return undefined;
    });
    if (next !== undefined) return this.toTokens(session, next);
    this.sessions.announceEnd(session);
    throw overOrUnknown();
  }

  async revoke(request: Request, { refreshToken }: RefreshTokens): Promise<void> {
    const family = await this.find(refreshToken);
    if (!family) return;
    const { session } = family;
    await this.database.transaction(async (rows) => {
      await this.sessions.end(rows, session.id);
      await this.audit.record(rows, { ...entryOf(request, session), action: 'sessions.signOut', outcome: 'done' });
    });
    this.sessions.announceEnd(session);
  }

  /** What `first` does stands or falls with the session. */
  private async open(
    request: Request,
    account: User,
    way: SignInWay,
    first: (rows: EntityManager) => Promise<void>,
  ): Promise<ProgramTokens> {
    const { address, device, requestId } = cameFrom(request);
    const opened = await this.database.transaction(async (rows) => {
      await first(rows);
      const session = await this.sessions.openProgram(rows, { userId: account.id, address, device });
      const refreshToken = await this.refreshTokens.add(rows, session.id);
      await this.audit.record(rows, {
        actor: { kind: 'user', ...account, userId: account.id, via: 'token', requestId, address },
        action: 'sessions.signIn',
        target: toTarget({ ...account, userId: account.id }),
        outcome: 'done',
        details: { device, way },
      });
      return { session, refreshToken };
    });
    await this.users.noteSignIn(account.id);
    return this.toTokens(opened.session, opened.refreshToken);
  }

  private async find(refreshToken: string): Promise<Family | undefined> {
    const token = await this.refreshTokens.find(refreshToken);
    const session = token && (await this.sessions.findProgram(token.sessionId));
    return session && { token, session };
  }

  private async toTokens(
    { id: sessionId, userId, endsAt }: Pick<Session, 'id' | 'userId' | 'endsAt'>,
    refreshToken: string,
  ): Promise<ProgramTokens> {
    return {
      tokenType: 'Bearer',
      accessToken: await this.accessTokens.sign({ sessionId, userId }),
      expiresInSeconds: ACCESS_SECONDS,
      refreshToken,
      refreshEndsAt: toIso(endsAt),
    };
  }
}

/** Who shows a refresh token may not be who it was given to: the row says whose it is, not who came. */
function entryOf(request: Request, session: SessionOfUser) {
  const { address, device, requestId } = cameFrom(request);
  const actor: AuditActor = { kind: 'anonymous', name: session.username, via: 'token', requestId, address };
  return { actor, target: toTarget(session), details: { device } };
}

/** One answer for all: unknown, over, or used before. */
const overOrUnknown = () =>
  unauthenticated('unauthenticated', 'This refresh token does not hold. Sign in again: POST /api/v1/token.');

const toTarget = ({
  userId,
  username,
  tenantId,
}: Pick<SessionOfUser, 'userId' | 'username' | 'tenantId'>): AuditTarget => ({
  kind: 'user',
  id: userId,
  label: username,
  tenantId,
});
