import { Injectable } from '@nestjs/common';
import type { SignIn } from '@bailiwick/contract';
import type { Request } from 'express';
import { type Actor, sessionOf } from '../../foundation/access/actor.js';
import { type AuditActor, AuditService } from '../../foundation/audit/audit.service.js';
import { Authenticator } from '../../foundation/identity/authenticator.js';
import { SessionsService } from '../../foundation/identity/sessions.service.js';
import { SignInLimitsService, type SignInTry } from '../../foundation/identity/sign-in-limits.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { NamedAccountsService } from '../../foundation/identity/named-accounts.service.js';
import { Database } from '../../kernel/database/database.js';
import { unauthenticated } from '../../kernel/errors.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { type SignedIn, SignInOpeningService, toTarget } from './sign-in-opening.service.js';
import { SignInTwoFactorService } from './sign-in-two-factor.service.js';

/** As it was typed. */
type Named = Pick<SignIn, 'username' | 'tenant'>;

/** Somebody whose password is all they have to prove, and the try it took: call `succeed` of the limits in the transaction that lets them in. */
export interface Proved {
  readonly account: User;
  readonly attempt: SignInTry;
}

@Injectable()
export class SignInService {
  constructor(
    private readonly limits: SignInLimitsService,
    private readonly authenticator: Authenticator,
    private readonly sessions: SessionsService,
    private readonly named: NamedAccountsService,
    private readonly secondStep: SignInTwoFactorService,
    private readonly opening: SignInOpeningService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  async signIn(request: Request, named: Named): Promise<SignedIn> {
    const { account, attempt } = await this.prove(request, named);
    return this.opening.open(request, account, 'password', (rows) => this.limits.succeed(rows, attempt));
  }

  /**
   * Whoever knows the password of an account and needs no more: 401 that never says which of the two was wrong, or
   * `two_factor_required` with the challenge for the second step.
   */
  async prove(request: Request, { username, tenant }: Named): Promise<Proved> {
    const attempt = await this.limits.take(
      cameFrom(request).address,
      tenant === undefined ? username : `${tenant}/${username}`,
    );
    const account = await this.askPassword(request, attempt);
    if (!account) {
      await this.noteFailure(request, { username, tenant }, attempt);
      throw unauthenticated('invalid_credentials', 'Username or password is wrong.');
    }
    const factors = await this.secondStep.factorsOf(request, account);
    if (factors.length > 0)
      throw await this.secondStep.demand(request, account, factors, (rows) => this.limits.succeed(rows, attempt));
    return { account, attempt };
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

  /** An unknown name is not kept: people type passwords into the wrong field. */
  private async noteFailure(request: Request, { username, tenant }: Named, { locks }: SignInTry): Promise<void> {
    const { address, device, requestId } = cameFrom(request);
    const account = await this.named.forSignIn(username.toLowerCase(), tenant);
    const actor: AuditActor = { kind: 'anonymous', name: account?.username ?? 'unknown', requestId, address };
    const target = account ? toTarget(account) : null;
    const details = { device };
    await this.database.transaction(async (rows) => {
      await this.audit.record(rows, { actor, action: 'sessions.signIn', target, outcome: 'refused', details });
      if (locks) await this.audit.record(rows, { actor, action: 'sessions.lock', target, outcome: 'done', details });
    });
  }
}
