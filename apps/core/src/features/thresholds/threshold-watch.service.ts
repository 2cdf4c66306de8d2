import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ContainerId, ContainerUsage, EnvironmentId, HostUsage, ThresholdRule } from '@bailiwick/contract';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { UsageSamplerService } from '../metrics/usage-sampler.service.js';
import { AlertBook, type Happening } from '../alerts/alert-book.service.js';
import { AlertRuleSettings } from '../alerts/alert-rule-settings.service.js';
import { keyOf } from '../alerts/alerts.rules.js';
import { isThresholdRule, judge, type Reading, shareOf, type Watched } from '../alerts/thresholds.rules.js';
import { OwnThresholds } from './own-thresholds.service.js';

/** A disk that is not told of for so long is no more: one that answers late is left out of a reading. */
const GONE_AFTER_MS = 3_600_000;

type About = Pick<Happening, 'thingKind' | 'thingId' | 'label' | 'tenantId' | 'environmentId' | 'containerId'>;

/** Holds what is measured, whenever it is, against the numbers staff decided on, and those of the container itself. */
@Injectable()
export class ThresholdWatchService implements OnModuleInit, OnModuleDestroy {
  private readonly watched = new Map<string, Watched>();
  private stop: () => void = () => undefined;

  constructor(
    private readonly book: AlertBook,
    private readonly settings: AlertRuleSettings,
    private readonly own: OwnThresholds,
    private readonly sampler: UsageSamplerService,
    private readonly mirrors: MirrorsService,
    private readonly environments: EnvironmentsService,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.stop = this.events.on('usage.measured', (measured) => this.look(measured));
  }

  onModuleDestroy(): void {
    this.stop();
  }

  private look({ containerIds, environmentIds }: CoreEvents['usage.measured']): void {
    for (const id of containerIds) this.lookAtContainer(id);
    for (const id of environmentIds) this.lookAtHost(id);
    for (const row of this.book.open())
      if (row.containerId !== null && isThresholdRule(row.rule) && this.isDown(row.containerId))
        this.book.settle(row.key, 'recovered');
  }

  private lookAtContainer(id: ContainerId): void {
    const [seen, usage] = [this.mirrors.container(id), this.sampler.latest(id)];
    if (!seen || !usage) {
      for (const rule of ['container_cpu', 'container_memory'] as const) this.watched.delete(keyOf(rule, id));
      return;
    }
    const { name: label, tenantId, environmentId } = seen;
    const about = { thingKind: 'container', thingId: id, label, tenantId, environmentId, containerId: id } as const;
    const atMs = Date.parse(usage.at);
    this.hold('container_cpu', about, { atMs, percent: shareOf(usage.cpus, this.cpusOf(seen, usage)) });
    this.hold('container_memory', about, { atMs, percent: shareOf(usage.memoryBytes, usage.memoryLimitBytes) });
  }

  /** What it may use: all processors of its host where nobody set a limit. */
  private cpusOf({ environmentId }: SeenContainer, { cpuLimit }: ContainerUsage): number | null {
    return cpuLimit ?? this.environments.state(environmentId).info?.cpus ?? null;
  }

  private lookAtHost(id: EnvironmentId): void {
    const usage = this.sampler.latestOfHost(id);
    if (!usage) return;
    const { name: label } = this.environments.get(id);
    const about = { thingKind: 'environment', thingId: id, label, tenantId: null, environmentId: id, containerId: null } as const; // prettier-ignore
    const atMs = Date.parse(usage.at);
    this.hold('host_cpu', about, { atMs, percent: shareOf(usage.cpus, usage.totalCpus) });
    this.hold('host_memory', about, { atMs, percent: shareOf(usage.memoryBytes, usage.totalMemoryBytes) });
    for (const { mountpoint, usedBytes, freeBytes } of usage.disks)
      this.hold('host_disk', about, { atMs, percent: shareOf(usedBytes, usedBytes + freeBytes) }, mountpoint);
    this.forgetDisks(id, usage, atMs);
  }

  private hold(rule: ThresholdRule, about: About, reading: Reading, mountpoint?: string): void {
    const key = keyOf(rule, about.thingId, mountpoint);
    if (!this.settings.isOn(rule)) return void this.watched.delete(key);
    const threshold = this.own.find(about.containerId, rule) ?? this.settings.thresholdOf(rule);
    const { watched, verdict } = judge(this.watched.get(key), reading, threshold);
    if (watched) this.watched.set(key, watched);
    else this.watched.delete(key);
    if (verdict === 'closes') this.book.settle(key, 'recovered');
    // It opens once, whatever is measured after: an alert that is open counts nothing here.
    if (verdict !== 'opens' || reading.percent === null || this.book.findOpen(key)) return;
    const percent = Math.round(reading.percent);
    const facts = { percent, threshold, ...(mountpoint === undefined ? {} : { mountpoint }) };
    this.book.raise({ key, rule, ...about, userId: null, facts, atMs: reading.atMs });
  }

  private forgetDisks(id: EnvironmentId, { disks }: HostUsage, nowMs: number): void {
    const there = new Set(disks.map(({ mountpoint }) => keyOf('host_disk', id, mountpoint)));
    for (const row of this.book.open()) {
      if (row.rule !== 'host_disk' || row.thingId !== id || there.has(row.key)) continue;
      const known = this.watched.get(row.key);
      if (!known) this.watched.set(row.key, { atMs: nowMs, highSinceMs: null, lowSinceMs: null });
      else if (nowMs - known.atMs > GONE_AFTER_MS) this.book.settle(row.key, 'gone');
    }
  }

  /** What does not run uses nothing; of what an engine that is away runs, nobody knows. */
  private isDown(id: ContainerId): boolean {
    const seen = this.mirrors.container(id);
    if (!seen || this.environments.state(seen.environmentId).state !== 'online') return false;
    return seen.state !== 'running' && seen.state !== 'paused';
  }
}
