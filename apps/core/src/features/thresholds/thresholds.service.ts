import { Injectable } from '@nestjs/common';
import {
  type ContainerId,
  type ContainerThreshold,
  OWN_THRESHOLD_RULES,
  type OwnThresholdRule,
  type PutContainerThreshold,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { AuditService } from '../../foundation/audit/audit.service.js';
import { Clock, toIso } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Mutex } from '../../kernel/mutex.js';
import { AlertRuleSettings } from '../alerts/alert-rule-settings.service.js';
import { ContainersService, toTarget } from '../containers/containers.service.js';
import { OwnThresholds, toThreshold } from './own-thresholds.service.js';

/** From where on alerts open of one container, for who may see and change how much it may use. */
@Injectable()
export class ThresholdsService {
  private readonly turn = new Mutex();

  constructor(
    private readonly access: AccessService,
    private readonly audit: AuditService,
    private readonly containers: ContainersService,
    private readonly database: Database,
    private readonly own: OwnThresholds,
    private readonly settings: AlertRuleSettings,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor, id: ContainerId): ContainerThreshold[] {
    this.access.require(actor, 'containers.settingsSee', this.containers.get(actor, id));
    return OWN_THRESHOLD_RULES.map((rule) => this.show(id, rule));
  }

  async put(actor: Actor, id: ContainerId, wanted: PutContainerThreshold): Promise<ContainerThreshold[]> {
    const seen = this.containers.get(actor, id);
    this.access.requireAll(actor, ['containers.settingsSee', 'containers.settingsResources'], seen);
    await this.turn.run(() => this.change(actor, id, wanted));
    return this.list(actor, id);
  }

  private async change(actor: Actor, id: ContainerId, { rule, threshold }: PutContainerThreshold): Promise<void> {
    const seen = this.containers.get(actor, id);
    const from = this.own.find(id, rule) ?? null;
    const committed = await this.database.transaction(async (rows) => {
      await this.audit.record(rows, {
        actor,
        action: 'containers.threshold',
        target: toTarget(seen),
        outcome: 'done',
        details: { rule, threshold: { from, to: threshold } },
      });
      if (threshold === null) return this.own.remove(rows, { containerId: id, rule });
      const { userId: setBy, displayName: setByName } = actor;
      return this.own.put(rows, { containerId: id, rule, ...threshold, setBy, setByName, setAt: this.clock.now() });
    });
    committed();
  }

  private show(id: ContainerId, rule: OwnThresholdRule): ContainerThreshold {
    const row = this.own.findRow(id, rule);
    return {
      rule,
      on: this.settings.isOn(rule),
      general: this.settings.thresholdOf(rule),
      own: row ? toThreshold(row) : null,
      setBy: row?.setByName ?? null,
      setAt: row ? toIso(row.setAt) : null,
    };
  }
}
