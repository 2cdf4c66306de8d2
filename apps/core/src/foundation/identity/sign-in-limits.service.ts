import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { rateLimited } from '../../kernel/errors.js';
import { CONFIG } from '../../kernel/tokens.js';
import { SignInFailuresStore } from './sign-in-failures.store.js';
import { giveBack, networkOf, type SignInLimit, takeTry } from './sign-in-limits.rules.js';

const LIMITS_LOCK = 7_304;
/** Nothing that is counted is remembered for longer. */
const LONGEST_MS = 2 * 24 * 3_600_000;

/** One try to sign in: what it counts against. */
export interface SignInTry {
  readonly pairKey: string;
  readonly addressKey: string;
  /** It was the last one: the next is refused. */
  readonly locks: boolean;
}

/** Bounds guessing, for an address and for an address with a username; kept over restarts. */
@Injectable()
export class SignInLimitsService {
  private readonly limit: SignInLimit;

  constructor(
    private readonly failures: SignInFailuresStore,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.limit = {
      tries: config.BAILIWICK_SIGN_IN_TRIES,
      windowMs: config.BAILIWICK_SIGN_IN_WINDOW_S * 1000,
      lockMs: config.BAILIWICK_SIGN_IN_LOCK_S * 1000,
    };
  }

  /** 429 with the seconds to wait while locked. */
  take(address: string, username: string): Promise<SignInTry> {
    const network = networkOf(address);
    const addressKey = `address ${network}`;
    const pairKey = `pair ${network} ${username.toLowerCase()}`;
    return this.database.transaction(async (rows) => {
      await this.database.lock(rows, LIMITS_LOCK);
      const now = this.clock.now();
      await this.failures.forgetBefore(rows, now - Math.max(this.limit.windowMs + this.limit.lockMs, LONGEST_MS));
      const addressLocks = await this.countOne(rows, addressKey, this.limit);
      const pairLocks = await this.countOne(rows, pairKey, this.limit);
      return { pairKey, addressKey, locks: addressLocks || pairLocks };
    });
  }

  /** Something else that may be asked for so often only: every key with its own limit. 429 like a try to sign in. */
  async count(rows: EntityManager, limits: ReadonlyArray<readonly [key: string, limit: SignInLimit]>): Promise<void> {
    await this.database.lock(rows, LIMITS_LOCK);
    for (const [key, limit] of limits) await this.countOne(rows, key, limit);
  }

  /** The password was right: the pair starts anew, the address gets its try back. */
  async succeed(rows: EntityManager, { pairKey, addressKey }: SignInTry): Promise<void> {
    await this.database.lock(rows, LIMITS_LOCK);
    await this.failures.remove(rows, pairKey);
    await this.refund(rows, addressKey);
  }

  /** Nothing was tried after all. */
  async cancel({ pairKey, addressKey }: SignInTry): Promise<void> {
    await this.database.transaction(async (rows) => {
      await this.database.lock(rows, LIMITS_LOCK);
      await this.refund(rows, addressKey);
      await this.refund(rows, pairKey);
    });
  }

  private async countOne(rows: EntityManager, key: string, limit: SignInLimit): Promise<boolean> {
    const answer = takeTry(await this.failures.find(rows, key), this.clock.now(), limit);
    if (!answer.allowed) throw rateLimited(Math.ceil(answer.waitMs / 1000));
    await this.failures.put(rows, key, answer.next);
    return answer.next.lockedUntil !== null;
  }

  private async refund(rows: EntityManager, key: string): Promise<void> {
    const tries = await this.failures.find(rows, key);
    if (tries) await this.failures.put(rows, key, giveBack(tries));
  }
}
