import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { UsedChallenge } from './used-challenge.entity.js';

const USED_LOCK = 7_307;

@Injectable()
export class UsedChallengesStore {
  constructor(private readonly database: Database) {}

  /** True for the first who comes with it; false for everybody after. What is older than `now` is forgotten. */
  async use(used: UsedChallenge, now: number): Promise<boolean> {
    return this.database.transaction(async (rows) => {
      await this.database.lock(rows, USED_LOCK);
      await rows.delete(UsedChallenge, { expiresAt: LessThanOrEqual(now) });
      if (await rows.existsBy(UsedChallenge, { hash: used.hash })) return false;
      await rows.insert(UsedChallenge, used);
      return true;
    });
  }
}
