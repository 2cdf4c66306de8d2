import { Injectable } from '@nestjs/common';
import { AlertRule, AlertThreshold, type AmountRule, type ThresholdRule, type UserId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import * as z from 'zod';
import { SettingsStore } from '../../foundation/identity/settings.store.js';
import { Clock } from '../../kernel/clock.js';
import { AMOUNT_DEFAULTS, isOnByDefault, THRESHOLDS } from './thresholds.rules.js';

const KEY = 'alert-rules';
const Decided = z.object({ on: z.boolean(), threshold: AlertThreshold.optional(), amount: z.int().optional() });
const AllDecided = z.partialRecord(AlertRule, Decided);
type AllDecided = z.infer<typeof AllDecided>;

/** Which rules are on and what their numbers are. Asked with every reading, so it is kept in memory: one core works on a database. */
@Injectable()
export class AlertRuleSettings {
  private decided: AllDecided = {};

  constructor(
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
  ) {}

  async load(): Promise<void> {
    this.decided = AllDecided.parse((await this.settings.find(KEY)) ?? {});
  }

  isOn(rule: AlertRule): boolean {
    return this.decided[rule]?.on ?? isOnByDefault(rule);
  }

  thresholdOf(rule: ThresholdRule): AlertThreshold {
    return this.decided[rule]?.threshold ?? THRESHOLDS[rule];
  }

  amountOf(rule: AmountRule): number {
    return this.decided[rule]?.amount ?? AMOUNT_DEFAULTS[rule];
  }

  /** Inside the caller's transaction; call `load` once that is committed. */
  async put(rows: EntityManager, updatedBy: UserId, rule: AlertRule, decided: z.infer<typeof Decided>): Promise<void> {
    const value = { ...this.decided, [rule]: decided };
    await this.settings.put(rows, { key: KEY, value, updatedBy, updatedAt: this.clock.now() });
  }
}
