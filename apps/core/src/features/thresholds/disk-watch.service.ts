import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ContainerId } from '@bailiwick/contract';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import { AlertBook } from '../alerts/alert-book.service.js';
import { AlertRuleSettings } from '../alerts/alert-rule-settings.service.js';
import { keyOf } from '../alerts/alerts.rules.js';
import { judgeBytes } from '../alerts/thresholds.rules.js';
import { LayerSizes } from '../metrics/layer-sizes.service.js';

const RULE = 'container_disk';

/** Holds what the files of a container take, whenever that is measured, against the number staff decided on. */
@Injectable()
export class DiskWatchService implements OnModuleInit, OnModuleDestroy {
  private stop: () => void = () => undefined;

  constructor(
    private readonly book: AlertBook,
    private readonly settings: AlertRuleSettings,
    private readonly layers: LayerSizes,
    private readonly mirrors: MirrorsService,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.stop = this.events.on('layer.measured', ({ containerId }) => this.look(containerId));
  }

  onModuleDestroy(): void {
    this.stop();
  }

  private look(id: ContainerId): void {
    const [seen, bytes] = [this.mirrors.container(id), this.layers.latest(id)];
    if (!seen || bytes === undefined || !this.settings.isOn(RULE)) return;
    const amount = this.settings.amountOf(RULE);
    const key = keyOf(RULE, id);
    const verdict = judgeBytes(bytes, amount);
    if (verdict === 'closes') this.book.settle(key, 'recovered');
    // It opens once, whatever is measured after.
    if (verdict !== 'opens' || this.book.findOpen(key)) return;
    const { name: label, tenantId, environmentId } = seen;
    this.book.raise({
      key,
      rule: RULE,
      thingKind: 'container',
      thingId: id,
      label,
      tenantId,
      environmentId,
      containerId: id,
      userId: null,
      facts: { bytes, amount },
      atMs: this.clock.now(),
    });
  }
}
