import { Injectable } from '@nestjs/common';
import { UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { AppError } from '../../kernel/errors.js';
import { SecretKey } from '../../kernel/secret-key.js';
import type { PasswordReset } from './password-reset.entity.js';
import { PasswordResetsStore } from './password-resets.store.js';
import { hashToken, newSessionToken } from './session-cookie.js';
import { TenantsService } from './tenants.service.js';
import type { User } from './user.entity.js';
import { UsersService } from './users.service.js';

export const RESET_LINK_MS = 15 * 60_000;
export const RESET_CODE_MS = 2 * 60_000;
const RESET_BY_STAFF_MS = 24 * 3_600_000;
/** Wrong ones until a code is worth nothing. */
const CODE_TRIES = 5;
const CODE_PURPOSE = 'reset-code';

/** An open reset and whose it is. */
export interface OpenReset {
  readonly reset: PasswordReset;
  readonly user: User;
}

/** Who may choose a new password without knowing the old one. Only hashes are kept. */
@Injectable()
export class PasswordResetsService {
  constructor(
    private readonly resets: PasswordResetsStore,
    private readonly users: UsersService,
    private readonly tenants: TenantsService,
    private readonly key: SecretKey,
    private readonly clock: Clock,
  ) {}

  /** Whether somebody could sign in at all: an account that is shut is not opened by a link. */
  async isOpen(user: User): Promise<boolean> {
    return user.active && (await this.tenants.get(user.tenantId)).archivedAt === null;
  }

  /** For the mail that holds this secret: its link, and a code for those who read mail on another device. Safe to repeat. */
  async openByMail(user: User, secret: string): Promise<{ token: string; code: string }> {
    const now = this.clock.now();
    const code = toCode(this.key.sign(CODE_PURPOSE, secret));
    await this.users.write(await this.users.homeOfUser(user.id), async (rows) => {
      await this.resets.forgetUntil(rows, user.id, now);
      await this.resets.forgetCodes(rows, user.id);
      await this.resets.put(rows, {
        tokenHash: hashToken(secret),
        userId: user.id,
        codeHash: this.hashCode(user.id, code),
        codeExpiresAt: now + RESET_CODE_MS,
        codeTries: 0,
        expiresAt: now + RESET_LINK_MS,
        mailed: true,
      });
    });
    return { token: toToken(user.id, secret), code };
  }

  /** By staff, inside `write` in the home of the account; the token is told once. */
  async openByStaff(rows: EntityManager, userId: UserId): Promise<{ token: string; expiresAt: number }> {
    const secret = newSessionToken();
    const now = this.clock.now();
    const expiresAt = now + RESET_BY_STAFF_MS;
    await this.resets.forgetUntil(rows, userId, now);
    await this.resets.put(rows, { ...withoutCode, tokenHash: hashToken(secret), userId, expiresAt, mailed: false });
    return { token: toToken(userId, secret), expiresAt };
  }

  /** `reset_invalid` where it is unknown, used up, over or of somebody who may not sign in: they are not told apart. */
  async get(token: string): Promise<OpenReset> {
    const [id, secret = ''] = token.split('.');
    const user = await this.users.find(UserId.parse(id));
    if (!user || !(await this.isOpen(user))) throw resetInvalid();
    const reset = await this.resets.find(await this.users.homeOfUser(user.id), user.id, hashToken(secret));
    if (!reset || reset.expiresAt <= this.clock.now()) throw resetInvalid();
    return { reset, user };
  }

  /** A right code becomes a token of its own; undefined for a wrong one, which counts. */
  async exchange(user: User, code: string): Promise<string | undefined> {
    const home = await this.users.homeOfUser(user.id);
    const now = this.clock.now();
    // Counted in a transaction of its own, so that of a hundred at once five are looked at.
    const tried = await this.users.write(home, (rows) => this.resets.countTry(rows, user.id, now, CODE_TRIES));
    if (!tried || !this.isCode(tried, code)) return undefined;
    const secret = newSessionToken();
    const taken = await this.users.write(home, async (rows) => {
      if (!(await this.resets.take(rows, tried))) return false;
      await this.resets.put(rows, {
        ...withoutCode,
        tokenHash: hashToken(secret),
        userId: user.id,
        expiresAt: now + RESET_LINK_MS,
        mailed: tried.mailed,
      });
      return true;
    });
    return taken ? toToken(user.id, secret) : undefined;
  }

  /** Inside `write` in the home of the account: the second of two at the same time is refused, and all others are used up. */
  async use(rows: EntityManager, reset: PasswordReset): Promise<void> {
    if (!(await this.resets.take(rows, reset))) throw resetInvalid();
    await this.resets.removeOf(rows, reset.userId);
  }

  private isCode({ userId, codeHash }: PasswordReset, code: string): boolean {
    return codeHash !== null && this.key.verify(CODE_PURPOSE, `${userId} ${code}`, codeHash);
  }

  /** A million codes are soon tried against a hash without a key. */
  private hashCode(userId: UserId, code: string): string {
    return this.key.sign(CODE_PURPOSE, `${userId} ${code}`);
  }
}

const withoutCode = { codeHash: null, codeExpiresAt: null, codeTries: 0 } as const;
const toToken = (userId: UserId, secret: string): string => `${userId}.${secret}`;
/** Six digits out of 48 bits: no digit is likelier than another by more than one in a hundred million. */
const toCode = (signature: string): string =>
  String(Buffer.from(signature, 'base64url').readUIntBE(0, 6) % 1_000_000).padStart(6, '0');

export const resetInvalid = () =>
  new AppError('reset_invalid', 410, 'This link or code is wrong, was used, or is too old. Ask for a new one.');
