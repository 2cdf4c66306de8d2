import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { AlertId } from '@bailiwick/contract';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import { SilenceBook, type Silencing } from '../silences/silence-book.service.js';
import type { AlertRow } from './alert.entity.js';
import { AlertBook } from './alert-book.service.js';
import { type Silent, silentBy } from './alerts.rules.js';

/** Of which alerts nobody is told now: by an answer to the alert, or by a silence of what it is in. */
@Injectable()
export class AlertSilencing implements OnModuleInit, OnModuleDestroy {
  private told = new Map<AlertId, Silent>();
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly book: AlertBook,
    private readonly silences: SilenceBook,
    private readonly mirrors: MirrorsService,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.told = this.open();
    this.unsubscribe = this.events.on('silences.changed', () => this.tell());
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Undefined where it is not silenced now. */
  of(row: AlertRow): Silent | undefined {
    return silentBy(row, this.over(row), this.clock.now());
  }

  private over({ rule, tenantId, environmentId, containerId }: AlertRow): Silencing | undefined {
    const container = containerId === null ? undefined : this.mirrors.container(containerId);
    const holders = [tenantId, environmentId, containerId, container?.stack, container?.projectId];
    return this.silences.over({ rule, within: new Set(holders.flatMap((id) => id ?? [])) });
  }

  /** Those that became silent, and those that are to be heard again, have changed. */
  private tell(): void {
    const before = this.told;
    this.told = this.open();
    for (const { id } of this.book.open())
      if (before.get(id)?.untilMs !== this.told.get(id)?.untilMs) this.events.publish('alert.changed', { alertId: id });
  }

  private open(): Map<AlertId, Silent> {
    const silent = this.book.open().map((row) => [row.id, this.of(row)] as const);
    return new Map(silent.flatMap(([id, by]) => (by ? [[id, by] as const] : [])));
  }
}
