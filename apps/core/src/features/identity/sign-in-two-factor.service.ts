import { Injectable } from '@nestjs/common';
import type { SignInTwoFactor } from '@bailiwick/contract';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { type AuditActor, AuditService } from '../../foundation/audit/audit.service.js';
import { TwoFactorChallengesService } from '../../foundation/identity/two-factor-challenges.service.js';
import { TwoFactorService, wrongCode } from '../../foundation/identity/two-factor.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Database } from '../../kernel/database/database.js';
import { AppError, unauthenticated } from '../../kernel/errors.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { type SignedIn, SignInOpeningService, type SignInWay, toTarget } from './sign-in-opening.service.js';
import type { SignInTry } from '../../foundation/identity/sign-in-limits.service.js';
import { SignInLimitsService } from '../../foundation/identity/sign-in-limits.service.js';

export interface ProvedTwice {
  readonly account: User;
  readonly way: SignInWay;
  readonly use: (rows: EntityManager) => Promise<void>;
}

/** The second step of signing in: what the app shows, or a recovery code. */
@Injectable()
export class SignInTwoFactorService {
  constructor(
    private readonly challenges: TwoFactorChallengesService,
    private readonly factors: TwoFactorService,
    private readonly limits: SignInLimitsService,
    private readonly users: UsersService,
    private readonly opening: SignInOpeningService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  /** The password was right: 401 with what the second step needs. */
  async demand(request: Request, account: User, attempt: SignInTry): Promise<AppError> {
    const { address, device, requestId } = cameFrom(request);
    const { challenge, seconds } = await this.database.transaction(async (rows) => {
      await this.limits.succeed(rows, attempt);
      await this.audit.record(rows, {
        actor: { kind: 'anonymous', name: account.username, requestId },
        action: 'sessions.challenge',
        target: toTarget(account),
        outcome: 'done',
        details: { address, device },
      });
      return this.challenges.open(rows, account.id, address);
    });
    return new AppError('two_factor_required', 401, 'Enter the code your authenticator app shows.', {
      hint: 'POST the challenge and the code, or a recovery code, to the same path followed by /two-factor.',
      params: { challenge, seconds },
    });
  }

  async finish(request: Request, given: SignInTwoFactor): Promise<SignedIn> {
    const { account, way, use } = await this.prove(request, given);
    return this.opening.open(request, account, way, use);
  }

  /** Whoever passed both steps. `use` belongs into the transaction that lets them in: of several at once one passes. */
  async prove(request: Request, { challenge: given, ...factor }: SignInTwoFactor): Promise<ProvedTwice> {
    const { address } = cameFrom(request);
    const challenge = await this.challenges.get(given, address);
    const account = await this.users.find(challenge.userId);
    if (!account?.active) throw unauthenticated('invalid_credentials', 'Username or password is wrong.');
    const { right, locks } = await this.factors.tryOne(account.id, address, factor);
    if (!right) {
      await this.noteFailure(request, account, locks);
      throw wrongCode();
    }
    const way = 'code' in factor ? 'code' : 'recoveryCode';
    return { account, way, use: (rows) => this.challenges.use(rows, challenge) };
  }

  private async noteFailure(request: Request, account: User, locks: boolean): Promise<void> {
    const { address, device, requestId } = cameFrom(request);
    const actor: AuditActor = { kind: 'anonymous', name: account.username, requestId };
    const entry = { actor, target: toTarget(account), details: { address, device, step: 'two-factor' } };
    await this.database.transaction(async (rows) => {
      await this.audit.record(rows, { ...entry, action: 'sessions.signIn', outcome: 'refused' });
      if (locks) await this.audit.record(rows, { ...entry, action: 'sessions.lock', outcome: 'done' });
    });
  }
}
