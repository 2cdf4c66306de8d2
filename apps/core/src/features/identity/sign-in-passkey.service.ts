import { Injectable } from '@nestjs/common';
import type { PasskeyRequest, PasskeyProof } from '@bailiwick/contract';
import type { Request } from 'express';
import { AuditService } from '../../foundation/audit/audit.service.js';
import type { PasskeyRow } from '../../foundation/identity/passkey.entity.js';
import { userNamedIn } from '../../foundation/identity/passkeys.rules.js';
import { type PasskeyQuestion, PasskeysService } from '../../foundation/identity/passkeys.service.js';
import { networkOf } from '../../foundation/identity/sign-in-limits.rules.js';
import { SignInLimitsService, type SignInTry } from '../../foundation/identity/sign-in-limits.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { passkeyRefused } from '../../foundation/identity/webauthn.js';
import { Database } from '../../kernel/database/database.js';
import { isAppError } from '../../kernel/errors.js';
import { cameFrom } from '../../kernel/http/request-source.js';
import { type SignedIn, SignInOpeningService, toTarget } from './sign-in-opening.service.js';

/** The name refused passkeys are counted under; no username can be spelt like it. */
const PASSKEY_NAME = '(passkey)';

/** Signing in by a passkey alone: what one has and what one is or knows, in one step. */
@Injectable()
export class SignInPasskeyService {
  constructor(
    private readonly passkeys: PasskeysService,
    private readonly limits: SignInLimitsService,
    private readonly users: UsersService,
    private readonly opening: SignInOpeningService,
    private readonly audit: AuditService,
    private readonly database: Database,
  ) {}

  ask(request: Request): Promise<PasskeyRequest> {
    return this.passkeys.ask(this.questionAt(request));
  }

  async finish(request: Request, { passkey }: PasskeyProof): Promise<SignedIn> {
    const question = this.questionAt(request);
    // Before anything is written: whoever signed nothing of ours has tried nothing.
    this.passkeys.assertAsked(question, passkey);
    const attempt = await this.limits.take(cameFrom(request).address, PASSKEY_NAME);
    try {
      const proved = await this.passkeys.prove(question, passkey);
      const account = await this.accountOf(proved);
      return await this.opening.open(request, account, { passkeyId: proved.id }, (rows) =>
        this.limits.succeed(rows, attempt),
      );
    } catch (error) {
      if (isAppError(error, 'passkey_refused')) await this.noteFailure(request, passkey, attempt);
      // One that is sent again counts: else it could be sent without end.
      else if (!isAppError(error, 'passkey_expired')) await this.limits.cancel(attempt);
      throw error;
    }
  }

  /** Who is disabled, or of an archived tenant, is told no more than who is unknown. */
  private async accountOf({ userId }: PasskeyRow): Promise<User> {
    const account = await this.users.find(userId);
    if (!account || !(await this.users.mayEnter(account))) throw passkeyRefused();
    return account;
  }

  private questionAt(request: Request): PasskeyQuestion {
    const { address, host } = cameFrom(request);
    return { use: { purpose: 'signIn', subject: networkOf(address) }, site: this.passkeys.siteAt(host) };
  }

  private async noteFailure(request: Request, passkey: PasskeyProof['passkey'], { locks }: SignInTry): Promise<void> {
    const { address, device, requestId } = cameFrom(request);
    const named = userNamedIn(passkey);
    const account = named && (await this.users.find(named));
    const entry = {
      actor: { kind: 'anonymous' as const, name: account?.username ?? 'unknown', requestId, address },
      target: account ? toTarget(account) : null,
      details: { device, way: 'passkey' },
    };
    await this.database.transaction(async (rows) => {
      await this.audit.record(rows, { ...entry, action: 'sessions.signIn', outcome: 'refused' });
      if (locks) await this.audit.record(rows, { ...entry, action: 'sessions.lock', outcome: 'done' });
    });
  }
}
