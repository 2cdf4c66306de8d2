import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ExchangeResetCode, RequestReset, ResetGrant, ResetRequested, ResetWays } from '@bailiwick/contract';
import type { Request } from 'express';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import {
  PasswordResetsService,
  RESET_CODE_MS,
  RESET_LINK_MS,
  resetInvalid,
} from '../../foundation/identity/password-resets.service.js';
import { networkOf } from '../../foundation/identity/sign-in-limits.rules.js';
import { SignInLimitsService } from '../../foundation/identity/sign-in-limits.service.js';
import type { User } from '../../foundation/identity/user.entity.js';
import { NamedAccountsService } from '../../foundation/identity/named-accounts.service.js';
import { type Composing, MailService } from '../../foundation/mail/mail.service.js';
import type { Letter } from '../../foundation/mail/smtp.driver.js';
import { Database } from '../../kernel/database/database.js';
import { isAppError } from '../../kernel/errors.js';
import { addressOf } from '../../kernel/http/address.js';
import { CONFIG } from '../../kernel/tokens.js';
import { resetMail } from './password-reset-mails.rules.js';
import { accountLimit, codeLimit, requestLimits, RESEND_MS, resetUrl } from './password-reset.rules.js';

const Asked = z.object({
  name: z.string(),
  tenant: z.string().optional(),
  address: z.string(),
  requestId: z.string(),
});
type Asked = z.infer<typeof Asked>;

declare module '../../foundation/mail/mail.service.js' {
  interface MailKinds {
    /** As it was typed: whether there is such an account is found out when the mail is composed, not while somebody waits. */
    'password-reset': { name: string; tenant?: string | undefined; address: string; requestId: string };
  }
}

/** Asking for a way back in. */
@Injectable()
export class PasswordResetRequestsService implements OnModuleInit {
  constructor(
    private readonly resets: PasswordResetsService,
    private readonly named: NamedAccountsService,
    private readonly limits: SignInLimitsService,
    private readonly mail: MailService,
    private readonly audit: AuditService,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.mail.compose('password-reset', Asked, (asked, composing) => this.compose(asked, composing));
  }

  ways(): ResetWays {
    return { byMail: this.mail.isConfigured };
  }

  /** Does the same work for every name: it counts, and it writes down that a mail may have to go. Nobody is woken: what follows must not meet the answer. */
  async request(request: Request, { name, tenant }: RequestReset): Promise<ResetRequested> {
    this.mail.assertConfigured();
    const address = addressOf(request);
    const typed = typedKey({ name, tenant });
    await this.database.transaction(async (rows) => {
      await this.limits.count(rows, requestLimits(networkOf(address), typed));
      await this.mail.write(rows, {
        kind: 'password-reset',
        payload: { name, tenant, address, requestId: request.requestId },
        lifeMs: RESET_LINK_MS,
      });
    });
    return { codeSeconds: RESET_CODE_MS / 1000, linkSeconds: RESET_LINK_MS / 1000, again: RESEND_MS / 1000 };
  }

  /** Wrong ones count as at the sign-in, under a name of their own. */
  async exchange(request: Request, { name, tenant, code }: ExchangeResetCode): Promise<ResetGrant> {
    const address = addressOf(request);
    const attempt = await this.limits.take(address, `(reset) ${typedKey({ name, tenant })}`);
    const user = await this.named.forReset(name, tenant);
    const token = user && (await this.resets.isOpen(user)) ? await this.tryCode(user, code) : undefined;
    if (token === undefined) {
      await this.note(request, 'refused', user);
      throw resetInvalid();
    }
    await this.database.transaction((rows) => this.limits.succeed(rows, attempt));
    return { token };
  }

  /** A day's guesses for one account are bounded, whatever addresses they come from. */
  private async tryCode(user: User, code: string): Promise<string | undefined> {
    const within = await this.isWithin(codeLimit(user.id));
    return within ? this.resets.exchange(user, code) : undefined;
  }

  private async compose(
    { name, tenant, address, requestId }: Asked,
    { secret }: Composing,
  ): Promise<Letter | undefined> {
    const user = await this.named.forReset(name, tenant);
    if (!user || user.email === null || !(await this.resets.isOpen(user))) return undefined;
    // Nobody's mailbox is filled by somebody who knows their name.
    if (!(await this.isWithin(accountLimit(user.id)))) return undefined;
    const { token, code } = await this.resets.openByMail(user, secret);
    await this.audit.record(null, {
      actor: { kind: 'anonymous', name: user.username, requestId, address },
      action: 'account.requestReset',
      target: toTarget(user),
      outcome: 'done',
    });
    return resetMail(
      { email: user.email, displayName: user.displayName, username: user.username },
      {
        url: resetUrl(this.config.BAILIWICK_PUBLIC_URL, token),
        code,
        linkMinutes: RESET_LINK_MS / 60_000,
        codeMinutes: RESET_CODE_MS / 60_000,
      },
    );
  }

  private async isWithin(limit: ReturnType<typeof codeLimit>): Promise<boolean> {
    try {
      await this.database.transaction((rows) => this.limits.count(rows, [limit]));
      return true;
    } catch (error) {
      if (isAppError(error, 'rate_limited')) return false;
      throw error;
    }
  }

  private async note(request: Request, outcome: 'refused', user: User | undefined): Promise<void> {
    await this.audit.record(null, {
      actor: {
        kind: 'anonymous',
        name: user?.username ?? 'unknown',
        requestId: request.requestId,
        address: addressOf(request),
      },
      action: 'account.resetCode',
      target: user ? toTarget(user) : null,
      outcome,
    });
  }
}

const typedKey = ({ name, tenant }: Pick<RequestReset, 'name' | 'tenant'>): string =>
  `${tenant ?? ''}/${name}`.toLowerCase();
const toTarget = ({ id, username, tenantId }: User) => ({ kind: 'user', id, label: username, tenantId });
