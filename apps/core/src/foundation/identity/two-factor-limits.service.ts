import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { rateLimited } from '../../kernel/errors.js';
import { networkOf } from './sign-in-limits.rules.js';
import { TwoFactorFailuresStore } from './two-factor-failures.store.js';
import { FORGET_MS, giveCodeTryBack, takeCodeTry } from './two-factor-limits.rules.js';

const CODES_LOCK = 7_306;

/** One try of a code: what it counts against. */
export interface CodeTry {
  readonly accountKey: string;
  readonly pairKey: string;
  readonly at: number;
  /** When the last wrong one before it was. */
  readonly failedAt: number;
  /** It was the last one for now: the next is refused. */
  readonly locks: boolean;
}

/** Bounds guessing of codes, for an account and for an account at an address; kept over restarts. */
@Injectable()
export class TwoFactorLimitsService {
  constructor(
    private readonly failures: TwoFactorFailuresStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** 429 with the seconds to wait while locked. In a transaction of its own, so that no failure undoes the count. */
  take(userId: UserId, address: string): Promise<CodeTry> {
    const accountKey = accountKeyOf(userId);
    const pairKey = `pair ${networkOf(address)} ${userId}`;
    return this.database.transaction(async (rows) => {
      await this.database.lock(rows, CODES_LOCK);
      const now = this.clock.now();
      await this.failures.forgetBefore(rows, now - FORGET_MS);
      const failedAt = (await this.failures.find(rows, accountKey))?.lastTriedAt ?? 0;
      const pairLocks = await this.count(rows, pairKey, now);
      const accountLocks = await this.count(rows, accountKey, now);
      return { accountKey, pairKey, at: now, failedAt, locks: pairLocks || accountLocks };
    });
  }

  /** The code was right: the pair starts anew, the account gets its try back. */
  async succeed({ accountKey, pairKey, ...attempt }: CodeTry): Promise<void> {
    await this.database.transaction(async (rows) => {
      await this.database.lock(rows, CODES_LOCK);
      await this.failures.remove(rows, pairKey);
      const tries = await this.failures.find(rows, accountKey);
      if (tries) await this.failures.put(rows, accountKey, giveCodeTryBack(tries, attempt));
    });
  }

  /** Somebody starts anew, with nothing counted. */
  async forget(userId: UserId): Promise<void> {
    await this.database.transaction((rows) => this.failures.remove(rows, accountKeyOf(userId)));
  }

  private async count(rows: EntityManager, key: string, now: number): Promise<boolean> {
    const answer = takeCodeTry(await this.failures.find(rows, key), now);
    if (!answer.allowed) throw rateLimited(Math.ceil(answer.waitMs / 1000));
    await this.failures.put(rows, key, answer.next);
    return answer.next.lockedUntil !== null;
  }
}

const accountKeyOf = (userId: UserId): string => `account ${userId}`;
