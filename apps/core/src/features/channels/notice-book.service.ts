import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ALERT_SEVERITIES, type AlertId, type ChannelId } from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database/database.js';
import { Events } from '../../kernel/events.js';
import { Hourly } from '../../kernel/hourly.js';
import { newId } from '../../kernel/ids.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';
import { AlertBook, type KnownAlert } from '../alerts/alert-book.service.js';
import { AlertSilencing } from '../alerts/alert-silencing.service.js';
import { ChannelBook, type KnownChannel } from './channel-book.service.js';
import type { NoticeRow, ToldRow } from './notice.entity.js';
import { aboutWhat, type About, type Notice } from './notices.rules.js';
import { NoticesStore } from './notices.store.js';

const LOOK_MS = 5000;
/** As many as wait for one receiver; the oldest makes room, and is counted. */
const MOST_WAITING = 10_000;
/** An alert is forgotten earlier. */
const KEPT_MS = 31 * 24 * 3_600_000;

const keyOf = (channelId: ChannelId, alertId: AlertId): string => `${channelId}:${alertId}`;

/**
 * Writes down what each channel has to tell, once for each thing that became of an alert. What an announcement did not
 * bring, because the core died before, is found by looking at what is open and what was told.
 */
@Injectable()
export class NoticeBook implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly told = new Map<string, ToldRow>();
  private readonly waiting = new Map<ChannelId, number>();
  private readonly turn = new Mutex();
  private readonly forgetting: Hourly<void>;
  private readonly log: Log;
  private newestAt = 0;
  private unsubscribe: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: NoticesStore,
    private readonly channels: ChannelBook,
    private readonly alerts: AlertBook,
    private readonly silencing: AlertSilencing,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('channels');
    this.forgetting = new Hourly(
      () => this.forgetOld(),
      (error) => this.log.error({ err: error }, 'What was told long ago could not be forgotten'),
    );
  }

  async onModuleInit(): Promise<void> {
    for (const told of await this.store.told()) this.told.set(keyOf(told.channelId, told.alertId), told);
    for (const { channelId, createdAt } of await this.store.waiting()) {
      this.count(channelId, 1);
      this.newestAt = createdAt;
    }
    this.unsubscribe = this.events.on('alert.changed', ({ alertId }) => this.later(() => this.hear(alertId)));
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.later(() => this.lookAgain()), LOOK_MS).unref();
    this.later(() => this.lookAgain());
    this.forgetting.start();
  }

  async onModuleDestroy(): Promise<void> {
    this.unsubscribe();
    clearInterval(this.timer);
    await this.turn.run(() => Promise.resolve());
    await this.forgetting.stop();
  }

  waitingFor(id: ChannelId): number {
    return this.waiting.get(id) ?? 0;
  }

  /** What was given up, or taken by the receiver. */
  async remove(
    channelId: ChannelId,
    notices: readonly NoticeRow[],
    toChanges: (now: KnownChannel) => Partial<KnownChannel>,
  ): Promise<void> {
    let removed = 0;
    await this.channels.change(channelId, toChanges, async (rows) => {
      removed = await this.store.remove(rows, notices);
    });
    this.count(channelId, -removed);
  }

  /** Nothing waits and nothing was told, as for a new one; `change` is part of it. */
  async clear(id: ChannelId, change: (beside: (rows: EntityManager) => Promise<void>) => Promise<void>): Promise<void> {
    await this.turn.run(async () => {
      await change((rows) => this.store.removeOf(rows, id));
      this.waiting.delete(id);
      for (const [key, told] of this.told) if (told.channelId === id) this.told.delete(key);
    });
  }

  private later(work: () => Promise<void>): void {
    // The next look finds what could not be written down now.
    this.turn.run(work).catch((error: unknown) => this.log.error({ err: error }, 'What there is to tell could not be written down')); // prettier-ignore
  }

  private async lookAgain(): Promise<void> {
    if (this.channels.all().length === 0) return;
    for (const alert of this.alerts.open()) await this.consider(alert);
    const open = new Set(this.alerts.open().map(({ id }) => id));
    const ended = [...this.told.values()].filter(({ state, alertId }) => state === 'open' && !open.has(alertId));
    for (const id of new Set(ended.map(({ alertId }) => alertId))) await this.hear(id);
  }

  private async hear(id: AlertId): Promise<void> {
    if (this.channels.all().length === 0) return;
    const alert = await this.alerts.find(id);
    if (alert) await this.consider(alert);
  }

  private async consider(alert: KnownAlert): Promise<void> {
    const nowMs = this.clock.now();
    const isSilent = this.silencing.of(alert) !== undefined;
    const isOfTenant = alert.containerId !== null && this.mirrors.container(alert.containerId)?.managed === true;
    const wanted = this.channels.all().flatMap((channel) => {
      const told = this.told.get(keyOf(channel.id, alert.id));
      const about = channel.enabled
        ? aboutWhat({ ...alert, isOfTenant }, channel, told, { isSilent, nowMs })
        : undefined;
      return about ? [{ channel, about }] : [];
    });
    if (wanted.length === 0) return;
    const marks = await this.database.transaction((rows) =>
      Promise.all(wanted.map(({ channel, about }) => this.write(rows, channel, alert, about))),
    );
    for (const told of marks) this.told.set(keyOf(told.channelId, told.alertId), told);
    for (const { channel, about } of wanted) {
      if (about === 'nothing') continue;
      this.count(channel.id, 1);
      if (this.waitingFor(channel.id) > MOST_WAITING) await this.makeRoom(channel.id);
    }
  }

  private async write(rows: EntityManager, { id: channelId }: KnownChannel, alert: KnownAlert, about: About) {
    const now = this.clock.now();
    const told: ToldRow = {
      channelId,
      alertId: alert.id,
      state: alert.closedAt === null ? 'open' : 'closed',
      count: alert.count,
      at: now,
    };
    await this.store.putTold(rows, told);
    if (about === 'nothing') return told;
    // Two of one alert may come within a millisecond, and stay in their order.
    this.newestAt = Math.max(now, this.newestAt + 1);
    await this.store.add(rows, {
      id: newId('ntc'),
      channelId,
      alertId: alert.id,
      notice: this.toNotice(alert, about),
      messageId: null,
      createdAt: this.newestAt,
    });
    return told;
  }

  private async makeRoom(id: ChannelId): Promise<void> {
    const over = this.waitingFor(id) - MOST_WAITING;
    const oldest = await this.store.oldest(id, over);
    this.log.warn({ channel: id, dropped: oldest.length }, 'Too much waits for a channel; the oldest was dropped');
    await this.remove(id, oldest, ({ lost }) => ({ lost: lost + oldest.length }));
  }

  private toNotice(alert: KnownAlert, about: Notice['about']): Notice {
    const { id, rule, label, thingKind, thingId, environmentId, count, facts, openedAt, lastAt, closedAt, end } = alert;
    return {
      about,
      alertId: id,
      rule,
      severity: ALERT_SEVERITIES[rule],
      label,
      thing: { kind: thingKind, id: thingId },
      environment: environmentId === null ? null : (this.environments.find(environmentId)?.name ?? null),
      count,
      facts,
      openedAt,
      lastAt,
      closedAt,
      end,
    };
  }

  private count(id: ChannelId, more: number): void {
    this.waiting.set(id, Math.max(0, this.waitingFor(id) + more));
  }

  private async forgetOld(): Promise<void> {
    const before = this.clock.now() - KEPT_MS;
    await this.store.forgetTold(before);
    for (const [key, { state, at }] of this.told) if (state === 'closed' && at < before) this.told.delete(key);
  }
}
