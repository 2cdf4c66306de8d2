import { Injectable } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import { type EntityManager, LessThanOrEqual } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { TwoFactorChallenge } from './two-factor-challenge.entity.js';

@Injectable()
export class TwoFactorChallengesStore {
  constructor(private readonly database: Database) {}

  find(hash: string): Promise<TwoFactorChallenge | null> {
    return this.database.repository(TwoFactorChallenge).findOneBy({ hash });
  }

  async add(rows: EntityManager, challenge: TwoFactorChallenge): Promise<void> {
    await rows.insert(TwoFactorChallenge, challenge);
  }

  /** True for whoever used it up; false when somebody else did before. */
  async take(rows: EntityManager, hash: string): Promise<boolean> {
    const { affected } = await rows.delete(TwoFactorChallenge, { hash });
    return (affected ?? 0) > 0;
  }

  async removeOf(rows: EntityManager, userId: UserId): Promise<void> {
    await rows.delete(TwoFactorChallenge, { userId });
  }

  async forgetUntil(rows: EntityManager, now: number): Promise<void> {
    await rows.delete(TwoFactorChallenge, { expiresAt: LessThanOrEqual(now) });
  }
}
