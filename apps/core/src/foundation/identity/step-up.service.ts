import { Injectable } from '@nestjs/common';
import type { PasskeyAssertion, PasskeyRequest, UserId } from '@bailiwick/contract';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { AppError, conflict, unauthenticated } from '../../kernel/errors.js';
import { type Actor, sessionOf } from '../access/actor.js';
import { type PasskeyQuestion, PasskeysService } from './passkeys.service.js';
import { PasswordsService } from './passwords.service.js';
import { SessionsService } from './sessions.service.js';
import { SignInLimitsService } from './sign-in-limits.service.js';
import { TwoFactorService } from './two-factor.service.js';
import { UsersService } from './users.service.js';

/** Before something grave, people prove again who they are; that counts for five minutes of their session. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsService,
    private readonly limits: SignInLimitsService,
    private readonly twoFactor: TwoFactorService,
    private readonly passkeys: PasskeysService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** 403 `step_up_required` unless they proved it a moment ago. */
  assertProved({ provedUntil, credential }: Actor): void {
    if (this.clock.now() < provedUntil) return;
    throw new AppError('step_up_required', 403, 'Confirm again that it is you.', {
      hint:
        credential === 'personal_token'
          ? 'This token was not made for what is grave. Make one with grave: true.'
          : 'POST /api/v1/me/step-up, then try again.',
    });
  }

  /** What a passkey of theirs has to sign. 409 where they have none that works under this host name. */
  async askForPasskey(actor: Actor, host: string): Promise<PasskeyRequest> {
    const question = this.passkeyQuestion(actor, host);
    if (!(await this.passkeys.areUsable(actor.userId, host)))
      throw conflict('wrong_state', 'You have no passkey for this address of the panel.', {
        params: { site: question.site.id },
      });
    return this.passkeys.ask(question);
  }

  /** By a passkey instead. */
  async proveByPasskey(actor: Actor, host: string, given: PasskeyAssertion): Promise<void> {
    const { id } = await this.passkeys.prove(this.passkeyQuestion(actor, host), given);
    await this.database.transaction((rows) => this.sessions.stepUpByPasskey(rows, sessionOf(actor), id));
  }

  /** By a code of their app instead. */
  async proveByCode(actor: Actor, address: string, code: string): Promise<void> {
    await this.twoFactor.assertOne(actor.userId, address, { code });
    await this.database.transaction((rows) => this.sessions.stepUp(rows, sessionOf(actor)));
  }

  /** Wrong tries count as at the sign-in. */
  async prove(actor: Actor, address: string, password: string): Promise<void> {
    const attempt = await this.limits.take(address, actor.username);
    const { passwordHash } = await this.users.get(actor.userId);
    if (!(await this.passwords.verify(passwordHash ?? undefined, password)))
      throw unauthenticated('invalid_credentials', 'That is not your password.');
    await this.database.transaction(async (rows) => {
      await this.limits.succeed(rows, attempt);
      await this.sessions.stepUp(rows, sessionOf(actor));
    });
  }

  private passkeyQuestion(actor: Actor, host: string): PasskeyQuestion & { of: UserId } {
    return {
      use: { purpose: 'stepUp', subject: sessionOf(actor) },
      site: this.passkeys.siteAt(host),
      of: actor.userId,
    };
  }
}
