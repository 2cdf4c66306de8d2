import { Injectable } from '@nestjs/common';
import { ALERT_SEVERITIES, AlertRule, type AlertRuleState, AMOUNTS, type PutAlertRule } from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Database } from '../../kernel/database/database.js';
import { invalid } from '../../kernel/errors.js';
import { Mutex } from '../../kernel/mutex.js';
import { AlertBook } from './alert-book.service.js';
import { AlertRuleSettings } from './alert-rule-settings.service.js';
import { isAmountRule, isThresholdRule } from './thresholds.rules.js';

/** Which rules are on, for staff to see and to say. */
@Injectable()
export class AlertRulesService {
  private readonly turn = new Mutex();

  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly book: AlertBook,
    private readonly database: Database,
    private readonly settings: AlertRuleSettings,
  ) {}

  list(actor: Actor): AlertRuleState[] {
    this.access.require(actor, 'settings.see', null);
    return AlertRule.options.map((rule) => this.stateOf(rule));
  }

  /** What a rule told that is off now is over. */
  async put(actor: Actor, wanted: PutAlertRule): Promise<AlertRuleState[]> {
    this.access.require(actor, 'settings.update', null);
    await this.turn.run(() => this.change(actor, wanted));
    return this.list(actor);
  }

  private async change(actor: Actor, { rule, on, threshold, amount }: PutAlertRule): Promise<void> {
    if (threshold && !isThresholdRule(rule))
      throw invalid([{ path: 'threshold', code: 'no_number', message: 'This rule holds no number.' }]);
    if (amount !== undefined) assertAmount(rule, amount);
    const before = this.stateOf(rule);
    const after = {
      on,
      threshold: threshold ?? before.threshold ?? undefined,
      amount: amount ?? before.amount ?? undefined,
    };
    await this.database.transaction(async (rows) => {
      await this.settings.put(rows, actor.userId, rule, after);
      await this.audit.record(rows, {
        actor,
        action: 'alerts.rule',
        target: null,
        outcome: 'done',
        details: {
          rule,
          on: { from: before.on, to: on },
          threshold: { from: before.threshold, to: after.threshold ?? null },
          amount: { from: before.amount, to: after.amount ?? null },
        },
      });
    });
    await this.settings.load();
    if (!on) for (const row of this.book.open()) if (row.rule === rule) this.book.settle(row.key, 'off');
  }

  private stateOf(rule: AlertRule): AlertRuleState {
    const threshold = isThresholdRule(rule) ? this.settings.thresholdOf(rule) : null;
    const amount = isAmountRule(rule) ? this.settings.amountOf(rule) : null;
    return { rule, severity: ALERT_SEVERITIES[rule], on: this.settings.isOn(rule), threshold, amount };
  }
}

function assertAmount(rule: AlertRule, amount: number): void {
  if (!isAmountRule(rule)) throw invalid([{ path: 'amount', code: 'no_number', message: 'This rule holds no such number.' }]); // prettier-ignore
  const { least, most } = AMOUNTS[rule];
  if (amount < least) throw invalid([{ path: 'amount', code: 'too_small', message: `At least ${least}.`}]); // prettier-ignore
  if (amount > most) throw invalid([{ path: 'amount', code: 'too_big', message: `At most ${most}.`}]); // prettier-ignore
}
