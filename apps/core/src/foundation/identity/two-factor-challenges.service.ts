import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { unauthenticated } from '../../kernel/errors.js';
import { hashToken, newSessionToken } from './session-cookie.js';
import { networkOf } from './sign-in-limits.rules.js';
import type { TwoFactorChallenge } from './two-factor-challenge.entity.js';
import { TwoFactorChallengesStore } from './two-factor-challenges.store.js';

const LIFE_MS = 5 * 60_000;

/** What stands between the right password and the code: no session, and good for one person at one address. */
@Injectable()
export class TwoFactorChallengesService {
  constructor(
    private readonly challenges: TwoFactorChallengesStore,
    private readonly clock: Clock,
  ) {}

  /** 256 random bits, told once; only their hash is kept. */
  async open(rows: EntityManager, userId: UserId, address: string): Promise<{ challenge: string; seconds: number }> {
    const now = this.clock.now();
    const challenge = newSessionToken();
    await this.challenges.forgetUntil(rows, now);
    await this.challenges.add(rows, {
      hash: hashToken(challenge),
      userId,
      network: networkOf(address),
      expiresAt: now + LIFE_MS,
    });
    return { challenge, seconds: LIFE_MS / 1000 };
  }

  /** 401 where it is unknown, over, used up or of another address. */
  async get(challenge: string, address: string): Promise<TwoFactorChallenge> {
    const found = await this.challenges.find(hashToken(challenge));
    if (!found || this.clock.now() >= found.expiresAt || found.network !== networkOf(address)) throw expired();
    return found;
  }

  /** Once; the second of two at the same time is refused. */
  async use(rows: EntityManager, { hash }: TwoFactorChallenge): Promise<void> {
    if (!(await this.challenges.take(rows, hash))) throw expired();
  }

  /** Whoever is on the way in with what counts no more starts anew. */
  async endAll(rows: EntityManager, userId: UserId): Promise<void> {
    await this.challenges.removeOf(rows, userId);
  }
}

const expired = () => unauthenticated('two_factor_expired', 'That took too long. Start again with your password.');
