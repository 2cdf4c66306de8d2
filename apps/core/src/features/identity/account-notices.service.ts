import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { UserId } from '@bailiwick/contract';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { UsersService } from '../../foundation/identity/users.service.js';
import { MailService } from '../../foundation/mail/mail.service.js';
import { toIso } from '../../kernel/clock.js';
import { CONFIG } from '../../kernel/tokens.js';
import { addressChangedMail, passwordChangedMail } from './account-notices.rules.js';

const PasswordChanged = z.object({ userId: UserId, at: z.number() });
const AddressChanged = z.object({ userId: UserId, to: z.string() });

declare module '../../foundation/mail/mail.service.js' {
  interface MailKinds {
    'password-changed': { userId: UserId; at: number };
    /** To the address they had: whoever reads the new one knows. */
    'address-changed': { userId: UserId; to: string };
  }
}

/** Tells people of what was changed about their account, so that a change by somebody else is noticed. */
@Injectable()
export class AccountNoticesService implements OnModuleInit {
  private readonly forgotUrl: string;

  constructor(
    private readonly mail: MailService,
    private readonly users: UsersService,
    @Inject(CONFIG) { BAILIWICK_PUBLIC_URL: url }: Config,
  ) {
    this.forgotUrl = `${url.replace(/\/+$/, '')}/login/forgot`;
  }

  onModuleInit(): void {
    this.mail.compose('password-changed', PasswordChanged, async ({ userId, at }) => {
      const user = await this.users.find(userId);
      if (!user || user.email === null) return undefined;
      return passwordChangedMail(user, { to: user.email, at: toIso(at), url: this.forgotUrl });
    });
    this.mail.compose('address-changed', AddressChanged, async ({ userId, to }) => {
      const user = await this.users.find(userId);
      return user && addressChangedMail(user, to);
    });
  }
}
