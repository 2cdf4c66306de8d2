import { Injectable } from '@nestjs/common';
import type {
  PasskeyAssertion,
  PasskeyRequest,
  SecondFactor,
  SecondFactorKind,
  SignInTwoFactor,
} from '@bailiwick/contract';
import type { Request } from 'express';
import type { EntityManager } from 'typeorm';
import { type AuditActor, AuditService } from '../../foundation/audit/audit.service.js';
import { TwoFactorChallengesService } from '../../foundation/identity/two-factor-challenges.service.js';
import { type PasskeyQuestion, PasskeysService } from '../../foundation/identity/passkeys.service.js';
import { TwoFactorPolicyService } from '../../foundation/identity/two-factor-policy.service.js';
import type { TwoFactorChallenge } from '../../foundation/identity/two-factor-challenge.entity.js';
import { TwoFactorService, wrongCode } from '../../foundation/identity/two-factor.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Database } from '../../kernel/database/database.js';
import { AppError, isAppError, unauthenticated } from '../../kernel/errors.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { type SignedIn, SignInOpeningService, type SignInWay, toTarget } from './sign-in-opening.service.js';

export interface ProvedTwice {
  readonly account: User;
  readonly way: SignInWay;
  readonly use: (rows: EntityManager) => Promise<void>;
}

/** The second step of signing in: what the app shows, a recovery code, or a passkey. */
@Injectable()
export class SignInTwoFactorService {
  constructor(
    private readonly challenges: TwoFactorChallengesService,
    private readonly factors: TwoFactorService,
    private readonly passkeys: PasskeysService,
    private readonly policy: TwoFactorPolicyService,
    private readonly users: UsersService,
    private readonly opening: SignInOpeningService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  /** What has to follow the first step; nothing where that was enough. */
  async factorsOf(request: Request, { id, platformRole }: User): Promise<SecondFactorKind[]> {
    if (await this.factors.isOn(id)) {
      const usable = await this.passkeys.areUsable(id, cameFrom(request).host);
      return ['code', 'recoveryCode', ...(usable ? (['passkey'] as const) : [])];
    }
    // Who must have a second factor and has it as a passkey shows it, by whatever way and under whatever name they come:
    // one under which it does not work must not be a way round it.
    return this.policy.requires(platformRole) && (await this.passkeys.ofUser(id)).length > 0 ? ['passkey'] : [];
  }

  /** The first step was right: 401 with what the second needs. */
  async demand(
    request: Request,
    account: User,
    factors: readonly SecondFactorKind[],
    also: (rows: EntityManager) => Promise<void>,
  ): Promise<AppError> {
    const { address, device, requestId } = cameFrom(request);
    const { challenge, seconds } = await this.database.transaction(async (rows) => {
      await also(rows);
      await this.audit.record(rows, {
        actor: { kind: 'anonymous', name: account.username, requestId },
        action: 'sessions.challenge',
        target: toTarget(account),
        outcome: 'done',
        details: { address, device },
      });
      return this.challenges.open(rows, account.id, address);
    });
    return new AppError('two_factor_required', 401, 'A second factor is needed as well.', {
      hint: 'POST the challenge and one of the factors to the same path followed by /two-factor.',
      params: { challenge, seconds, factors },
    });
  }

  /** What a passkey has to sign as the second step. */
  async askForPasskey(request: Request, given: string): Promise<PasskeyRequest> {
    const { address, host } = cameFrom(request);
    return this.passkeys.ask(this.questionOf(await this.challenges.get(given, address), host));
  }

  async finish(request: Request, given: SignInTwoFactor): Promise<SignedIn> {
    const { account, way, use } = await this.prove(request, given);
    return this.opening.open(request, account, way, use);
  }

  /** Whoever passed both steps. `use` belongs into the transaction that lets them in: of several at once one passes. */
  async prove(request: Request, { challenge: given, ...factor }: SignInTwoFactor): Promise<ProvedTwice> {
    const challenge = await this.challenges.get(given, cameFrom(request).address);
    const account = await this.users.find(challenge.userId);
    if (!account || !(await this.users.mayEnter(account)))
      throw unauthenticated('invalid_credentials', 'Username or password is wrong.');
    const way =
      'passkey' in factor
        ? await this.provePasskey(request, challenge, account, factor.passkey)
        : await this.proveCode(request, account, factor);
    return { account, way, use: (rows) => this.challenges.use(rows, challenge) };
  }

  private async proveCode(request: Request, account: User, factor: SecondFactor): Promise<SignInWay> {
    const { right, locks } = await this.factors.tryOne(account.id, cameFrom(request).address, factor);
    if (right) return 'code' in factor ? 'code' : 'recoveryCode';
    await this.noteFailure(request, account, locks);
    throw wrongCode();
  }

  /** Nobody guesses a signature, so tries are not counted against the account. */
  private async provePasskey(
    request: Request,
    challenge: TwoFactorChallenge,
    account: User,
    passkey: PasskeyAssertion,
  ): Promise<SignInWay> {
    try {
      const { id } = await this.passkeys.prove(this.questionOf(challenge, cameFrom(request).host), passkey);
      return { passkeyId: id };
    } catch (error) {
      if (isAppError(error, 'passkey_refused')) await this.noteFailure(request, account, false);
      throw error;
    }
  }

  private questionOf({ hash, userId }: TwoFactorChallenge, host: string): PasskeyQuestion {
    return { use: { purpose: 'secondFactor', subject: hash }, site: this.passkeys.siteAt(host), of: userId };
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
