import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type PlatformRole, TwoFactorPolicy, type UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { SettingsStore } from './settings.store.js';

const KEY = 'two-factor';

/** Whose role needs a second factor. Asked on every request, so it is kept in memory: one core works on a database. */
@Injectable()
export class TwoFactorPolicyService implements OnModuleInit {
  private policy: TwoFactorPolicy = { requiredFor: [] };

  constructor(
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.reload();
  }

  get(): TwoFactorPolicy {
    return this.policy;
  }

  requires(role: PlatformRole): boolean {
    return this.policy.requiredFor.includes(role);
  }

  /** Whether somebody of that role has no second factor although the role needs one. */
  isMissing({ platformRole, twoFactor }: { platformRole: PlatformRole; twoFactor: boolean }): boolean {
    return !twoFactor && this.requires(platformRole);
  }

  /** Inside the caller's transaction; call `reload` once that is committed. */
  async put(rows: EntityManager, updatedBy: UserId, value: TwoFactorPolicy): Promise<void> {
    await this.settings.put(rows, { key: KEY, value, updatedBy, updatedAt: this.clock.now() });
  }

  async reload(): Promise<void> {
    this.policy = TwoFactorPolicy.parse((await this.settings.find(KEY)) ?? { requiredFor: [] });
  }
}
