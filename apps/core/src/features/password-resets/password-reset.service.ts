import { Injectable } from '@nestjs/common';
import type { CompleteReset, ResetView } from '@bailiwick/contract';
import type { Request } from 'express';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { type OpenReset, PasswordResetsService } from '../../foundation/identity/password-resets.service.js';
import { assertStrong } from '../../foundation/identity/passwords.rules.js';
import { PasswordsService } from '../../foundation/identity/passwords.service.js';
import { TenantsService } from '../../foundation/identity/tenants.service.js';
import { TwoFactorService, wrongCode } from '../../foundation/identity/two-factor.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { AppError } from '../../kernel/errors.js';
import { addressOf } from '../../kernel/http/address.js';

/** A new password for whoever holds a link. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly resets: PasswordResetsService,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly passwords: PasswordsService,
    private readonly factors: TwoFactorService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async look(token: string): Promise<ResetView> {
    const { reset, user } = await this.resets.get(token);
    const { slug, name } = await this.tenants.get(user.tenantId);
    return {
      username: user.username,
      displayName: user.displayName,
      tenant: { slug, name },
      twoFactor: await this.factors.isOn(user.id),
      expiresAt: toIso(reset.expiresAt),
    };
  }

  async complete(request: Request, { token, password, code, recoveryCode }: CompleteReset): Promise<void> {
    const open = await this.resets.get(token);
    const { user } = open;
    assertStrong(password, user.username);
    await this.proveFactor(request, open, { code, recoveryCode });
    const passwordHash = await this.passwords.hash(password);
    const actor = { kind: 'user' as const, userId: user.id, displayName: user.displayName, tenantId: user.tenantId };
    const origin = { requestId: request.requestId, address: addressOf(request), via: 'panel' as const };
    await this.users.write(await this.users.homeOfUser(user.id), async (rows, tell) => {
      await this.resets.use(rows, open.reset);
      // Another address would have used it up, so the mail was read where the account says.
      const confirmed = open.reset.mailed ? { emailVerifiedAt: this.clock.now() } : {};
      await this.users.change(rows, tell, user.id, { passwordHash, ...confirmed });
      await tell('sessions.endAll', { userId: user.id });
      await tell('audit', {
        actor: { ...actor, ...origin },
        action: 'account.resetPassword',
        target: toTarget(user),
        outcome: 'done',
      });
      await tell('mail.write', { kind: 'password-changed', payload: { userId: user.id, at: this.clock.now() } });
    });
  }

  /** A mailbox alone opens no account that has a second factor; and it stays on. */
  private async proveFactor(
    request: Request,
    { user }: OpenReset,
    { code, recoveryCode }: Pick<CompleteReset, 'code' | 'recoveryCode'>,
  ): Promise<void> {
    if (!(await this.factors.isOn(user.id))) return;
    const factor = code !== undefined ? { code } : recoveryCode !== undefined ? { recoveryCode } : undefined;
    if (!factor)
      throw new AppError('two_factor_required', 401, 'Enter the code your authenticator app shows.', {
        hint: 'Send the code, or a recovery code, with the password.',
      });
    const address = addressOf(request);
    const { right } = await this.factors.tryOne(user.id, address, factor);
    if (right) return;
    await this.audit.record(null, {
      actor: { kind: 'anonymous', name: user.username, requestId: request.requestId, address },
      action: 'account.resetPassword',
      target: toTarget(user),
      outcome: 'refused',
    });
    throw wrongCode();
  }
}

const toTarget = ({ id, username, tenantId }: User) => ({ kind: 'user', id, label: username, tenantId });
