import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Capability, type TokenId, type TokenTarget, UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { newId } from '../../kernel/ids.js';
import { AccessBook } from '../access/access-book.js';
import type { TokenActor } from '../access/actor.js';
import type { ApiToken } from './api-token.entity.js';
import { OutboxService } from './outbox.service.js';
import { newPersonalToken, prefixOf } from './personal-token.js';
import { hashToken } from './session-cookie.js';
import { type TokenOfUser, TokensStore } from './tokens.store.js';
import { TwoFactorPolicyService } from './two-factor-policy.service.js';

declare module './outbox.service.js' {
  interface SystemEffects {
    /** Whatever the tokens of this person have open closes. */
    'tokens.cut': { userId: UserId };
  }
}

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** Revoked, expired or its person disabled: whatever is open by it closes. */
    'token.ended': { tokenId: TokenId; userId: UserId };
  }
}

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
const KEEP_EXPIRED_MS = 30 * DAY_MS;
const Cut = z.object({ userId: UserId });

export interface NewToken {
  readonly userId: UserId;
  readonly name: string;
  readonly capabilities: Capability[];
  readonly targets: TokenTarget[];
  readonly grave: boolean;
  readonly expiresInDays: number;
}

/** Makes, proves and revokes personal tokens; announces every end that is not a matter of time. */
@Injectable()
export class TokensService implements OnModuleInit {
  constructor(
    private readonly tokens: TokensStore,
    private readonly outbox: OutboxService,
    private readonly policy: TwoFactorPolicyService,
    private readonly book: AccessBook,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.outbox.handle('tokens.cut', Cut, async (rows, { userId }) => {
      const held = await this.tokens.of(userId, rows);
      return () => held.forEach((token) => this.announceEnd(token));
    });
  }

  /** The token itself is told once, to whoever made it. */
  async create(rows: EntityManager, { expiresInDays, ...wanted }: NewToken): Promise<{ row: ApiToken; token: string }> {
    const now = this.clock.now();
    const token = newPersonalToken();
    const row: ApiToken = {
      id: newId('tok'),
      ...wanted,
      prefix: prefixOf(token),
      tokenHash: hashToken(token),
      createdAt: now,
      expiresAt: now + expiresInDays * DAY_MS,
      lastUsedAt: null,
      lastUsedAddress: null,
    };
    await this.tokens.forgetExpiredBefore(rows, now - KEEP_EXPIRED_MS);
    await this.tokens.add(rows, row);
    return { row, token };
  }

  /** Newest first, with those that expired lately. */
  of(userId: UserId): Promise<ApiToken[]> {
    return this.tokens.of(userId);
  }

  isExpired({ expiresAt }: Pick<ApiToken, 'expiresAt'>): boolean {
    return expiresAt <= this.clock.now();
  }

  /** Undefined once it expired, was revoked or its person disabled. One look at the database, so an end holds at once. */
  async find(token: string): Promise<TokenOfUser | undefined> {
    const found = await this.tokens.findByTokenHash(hashToken(token));
    return found?.active && !this.isExpired(found) ? found : undefined;
  }

  async isCurrent({ tokenId, rightsVersion, standing, twoFactorMissing }: TokenActor): Promise<boolean> {
    const found = await this.tokens.findOfUser(tokenId);
    return (
      found !== undefined &&
      found.active &&
      !this.isExpired(found) &&
      found.rightsVersion === rightsVersion &&
      this.book.standingOf(found).version === standing.version &&
      this.policy.isMissing(found) === twoFactorMissing
    );
  }

  /** At most once a minute: a write for every request would be waste. */
  async noteUse({ id, lastUsedAt }: Pick<TokenOfUser, 'id' | 'lastUsedAt'>, address: string): Promise<void> {
    const at = this.clock.now();
    const before = at - MINUTE_MS;
    if (lastUsedAt !== null && lastUsedAt >= before) return;
    await this.database.transaction((rows) => this.tokens.noteUse(rows, id, { at, before, address }));
  }

  /** Inside the caller's transaction; call `announceEnd` once that is committed. */
  async revoke(rows: EntityManager, id: TokenId): Promise<void> {
    await this.tokens.remove(rows, id);
  }

  /** Whatever this person's tokens have open closes. */
  async cut(userId: UserId): Promise<void> {
    for (const token of await this.tokens.of(userId)) this.announceEnd(token);
  }

  announceEnd({ id, userId }: Pick<ApiToken, 'id' | 'userId'>): void {
    this.events.publish('token.ended', { tokenId: id, userId });
  }

  toActor({
    id,
    capabilities,
    targets,
    grave,
    expiresAt,
    lastUsedAt: _,
    twoFactor,
    ...holder
  }: TokenOfUser): TokenActor {
    return {
      kind: 'user',
      credential: 'personal_token',
      via: 'token',
      ...holder,
      standing: this.book.standingOf(holder),
      twoFactorMissing: this.policy.isMissing({ ...holder, twoFactor }),
      tokenId: id,
      endsAt: expiresAt,
      scope: { capabilities, targets },
      // Its person confirmed with their password that it may do what is grave, as long as it lasts.
      provedUntil: grave ? expiresAt : 0,
    };
  }
}
