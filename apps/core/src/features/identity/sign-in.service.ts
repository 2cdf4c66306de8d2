import { Inject, Injectable } from '@nestjs/common';
import type { Me, SignIn } from '@bailiwick/contract';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import { type Actor, sessionOf } from '../../foundation/access/actor.js';
import { type AuditActor, AuditService, type AuditTarget } from '../../foundation/audit/audit.service.js';
import { Authenticator } from '../../foundation/identity/authenticator.js';
import { readSessionToken } from '../../foundation/identity/session-cookie.js';
import { type OpenedSession, SessionsService } from '../../foundation/identity/sessions.service.js';
import { SignInLimitsService, type SignInTry } from '../../foundation/identity/sign-in-limits.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Database } from '../../kernel/database/database.js';
import { unauthenticated } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { MeService } from './me.service.js';
import { cameFrom } from '../../kernel/http/request-source.js';

/** As it was typed. */
type Named = Pick<SignIn, 'username' | 'tenant'>;

/** Somebody who knows the password, and the try it took: call `succeed` of the limits in the transaction that lets them in. */
export interface Proved {
  readonly account: User;
  readonly attempt: SignInTry;
}

export interface SignedIn {
  readonly me: Me;
  readonly session: OpenedSession;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly limits: SignInLimitsService,
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly me: MeService,
    private readonly audit: AuditService,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async signIn(request: Request, named: Named): Promise<SignedIn> {
    const { account, attempt } = await this.prove(request, named);
    return this.open(request, account, attempt);
  }

  /** Whoever knows the password of an account; 401 that never says which of the two was wrong. */
  async prove(request: Request, { username, tenant }: Named): Promise<Proved> {
    const attempt = await this.limits.take(
      cameFrom(request).address,
      tenant === undefined ? username : `${tenant}/${username}`,
    );
    const account = await this.askPassword(request, attempt);
    if (account) return { account, attempt };
    await this.noteFailure(request, { username, tenant }, attempt);
    throw unauthenticated('invalid_credentials', 'Username or password is wrong.');
  }

  async signOut(actor: Actor): Promise<void> {
    const id = sessionOf(actor);
    await this.database.transaction(async (rows) => {
      await this.sessions.end(rows, id);
      await this.audit.record(rows, { actor, action: 'sessions.signOut', target: null, outcome: 'done' });
    });
    this.sessions.announceEnd({ id, userId: actor.userId });
  }

  private async askPassword(request: Request, attempt: SignInTry): Promise<User | undefined> {
    try {
      return await this.authenticator.byPassword(request);
    } catch (error) {
      await this.limits.cancel(attempt);
      throw error;
    }
  }

  private async open(request: Request, account: User, attempt: SignInTry): Promise<SignedIn> {
    const { address, device, requestId } = cameFrom(request);
    const before = await this.sessionBefore(request);
    const session = await this.database.transaction(async (rows) => {
      await this.limits.succeed(rows, attempt);
      if (before) await this.sessions.end(rows, before.id);
      const opened = await this.sessions.open(rows, { userId: account.id, address, device });
      await this.audit.record(rows, {
        actor: { kind: 'user', ...account, userId: account.id, requestId },
        action: 'sessions.signIn',
        target: toTarget(account),
        outcome: 'done',
        details: { address, device },
      });
      return opened;
    });
    if (before) this.sessions.announceEnd(before);
    await this.users.noteSignIn(account.id);
    return { session, me: await this.me.get(await this.sessions.actorOf(session.token)) };
  }

  /** A browser that signs in anew leaves its old session behind. */
  private async sessionBefore(request: Request) {
    const token = readSessionToken(request.headers.cookie, this.config.cookieSecure);
    return token === undefined ? undefined : this.sessions.find(token);
  }

  /** An unknown name is not kept: people type passwords into the wrong field. */
  private async noteFailure(request: Request, { username, tenant }: Named, { locks }: SignInTry): Promise<void> {
    const { address, device, requestId } = cameFrom(request);
    const account = await this.users.findForSignIn(username.toLowerCase(), tenant);
    const actor: AuditActor = { kind: 'anonymous', name: account?.username ?? 'unknown', requestId };
    const target = account ? toTarget(account) : null;
    const details = { address, device };
    await this.database.transaction(async (rows) => {
      await this.audit.record(rows, { actor, action: 'sessions.signIn', target, outcome: 'refused', details });
      if (locks) await this.audit.record(rows, { actor, action: 'sessions.lock', target, outcome: 'done', details });
    });
  }
}

const toTarget = ({ id, username, tenantId }: User): AuditTarget => ({ kind: 'user', id, label: username, tenantId });
