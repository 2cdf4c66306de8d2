import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { AppError, conflict } from '../../kernel/errors.js';
import { SetupClaimsStore } from './setup-claims.store.js';
import { SetupToken } from './setup-token.js';

const SETUP_LOCK = 7_303;

/** Who may become the first owner, and that it happens once. */
@Injectable()
export class SetupClaimsService implements OnModuleInit {
  constructor(
    private readonly claims: SetupClaimsStore,
    private readonly token: SetupToken,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    if (await this.claims.exists()) this.token.remove();
    else this.token.ensure();
  }

  async isNeeded(): Promise<boolean> {
    return !(await this.claims.exists());
  }

  async assertNeeded(): Promise<void> {
    if (!(await this.isNeeded())) throw alreadySetUp();
  }

  async assertToken(given: string): Promise<void> {
    await this.assertNeeded();
    if (!this.token.matches(given))
      throw new AppError('setup_token_invalid', 403, 'This is not the setup token.', {
        hint: 'The start command printed it; it also stands in storage/keys/setup-token.',
      });
  }

  /** Of two that come at once, the second waits here and is told. */
  async claim(rows: EntityManager, userId: UserId): Promise<void> {
    await this.claims.add(rows, { id: 'owner', userId, claimedAt: this.clock.now() });
  }

  /** First thing in the claiming transaction. */
  async assertUnclaimed(rows: EntityManager): Promise<void> {
    await this.database.lock(rows, SETUP_LOCK);
    if (await this.claims.exists(rows)) throw alreadySetUp();
  }

  /** Once the claim is committed: the token has done its work. */
  close(): void {
    this.token.remove();
  }
}

const alreadySetUp = () => conflict('already_set_up', 'This panel has an owner already. Sign in instead.');
