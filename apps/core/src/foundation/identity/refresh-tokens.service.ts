import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SessionId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import type { RefreshToken } from './refresh-token.entity.js';
import { RefreshTokensStore } from './refresh-tokens.store.js';
import { hashToken } from './session-cookie.js';

/** Hands a program the token for its next access token. Each works once; one that comes twice was stolen. */
@Injectable()
export class RefreshTokensService {
  constructor(
    private readonly store: RefreshTokensStore,
    private readonly clock: Clock,
  ) {}

  async find(token: string): Promise<RefreshToken | undefined> {
    return (await this.store.find(hashToken(token))) ?? undefined;
  }

  /** Another one of a session's family. */
  async add(rows: EntityManager, sessionId: SessionId): Promise<string> {
    const token = `bwr_${randomBytes(32).toString('base64url')}`;
    const createdAt = this.clock.now();
    await this.store.add(rows, { tokenHash: hashToken(token), sessionId, createdAt, usedAt: null });
    return token;
  }

  /** The next of the family; undefined when this one was used before. */
  async rotate(rows: EntityManager, { tokenHash, sessionId }: RefreshToken): Promise<string | undefined> {
    const isFirst = await this.store.use(rows, tokenHash, this.clock.now());
    return isFirst ? this.add(rows, sessionId) : undefined;
  }
}
