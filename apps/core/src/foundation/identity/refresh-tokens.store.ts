import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { Database } from '../../kernel/database/database.js';
import { RefreshToken } from './refresh-token.entity.js';

@Injectable()
export class RefreshTokensStore {
  constructor(private readonly database: Database) {}

  find(tokenHash: string): Promise<RefreshToken | null> {
    return this.database.repository(RefreshToken).findOneBy({ tokenHash });
  }

  async add(rows: EntityManager, token: RefreshToken): Promise<void> {
    await rows.insert(RefreshToken, token);
  }

  /** True for the one who uses it first. */
  async use(rows: EntityManager, tokenHash: string, at: number): Promise<boolean> {
    const { affected } = await rows.getRepository(RefreshToken).update({ tokenHash, usedAt: IsNull() }, { usedAt: at });
    return (affected ?? 0) > 0;
  }
}
