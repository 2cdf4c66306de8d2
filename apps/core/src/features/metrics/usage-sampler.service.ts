import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  CONTAINER_MEASURES,
  type ContainerId,
  type ContainerUsage,
  type Disk,
  type EnvironmentId,
  HOST_MEASURES,
  type HostUsage,
  type Topic,
} from '@bailiwick/contract';
import type { Config } from '../../config.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import type { CountedUsage, EngineUsage } from '../../foundation/environments/usage.js';
import { toIso } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { HistoryService } from './history.service.js';
import { LayerSizes } from './layer-sizes.service.js';
import { readDisks, readHost } from './host-usage.driver.js';
import { type HostCounters, hostUsedBetween } from './host-usage.rules.js';
import { healthAt, usedBetween } from './usage.rules.js';

const TICK_MS = 1000;
/** So many are read before others have their turn. */
const AT_ONCE = 50;
/** Two readings so far apart say nothing of what was between. */
const TOGETHER_MS = 120_000;

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** These were measured: `latest` says what they use. None of them, where nothing runs. */
    'usage.measured': {
      readonly containerIds: readonly ContainerId[];
      readonly environmentIds: readonly EnvironmentId[];
    };
  }
}

/** Measures what runs: every second what somebody looks at, the rest more seldom. */
@Injectable()
export class UsageSamplerService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly containers = new Map<ContainerId, { counters: EngineUsage; usage: ContainerUsage | undefined }>();
  private readonly hosts = new Map<EnvironmentId, { counters: HostCounters; usage: HostUsage | undefined }>();
  private disks: Disk[] = [];
  private watched: () => readonly Topic[] = () => [];
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly mirrors: MirrorsService,
    private readonly environments: EnvironmentsService,
    private readonly history: HistoryService,
    private readonly layers: LayerSizes,
    private readonly events: Events,
    private readonly coreLog: CoreLog,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      if (this.running) return; // the last one is not over: this one is left out
      const isFull = this.ticks++ % this.config.BAILIWICK_METRICS_EVERY_S === 0;
      this.running = this.sample(isFull)
        .catch((error: unknown) => this.coreLog.for('metrics').error({ err: error }, 'What runs could not be measured'))
        .finally(() => (this.running = undefined));
    }, TICK_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** What is looked at is measured every second. */
  watchedBy(watched: () => readonly Topic[]): void {
    this.watched = watched;
  }

  /** What it used last; undefined while that is not known. */
  latest(id: ContainerId): ContainerUsage | undefined {
    return this.containers.get(id)?.usage;
  }

  /** What its kernel counted when that was read last. */
  latestCounted(id: ContainerId): CountedUsage | undefined {
    return this.containers.get(id)?.counters;
  }

  latestOfHost(id: EnvironmentId): HostUsage | undefined {
    return this.hosts.get(id)?.usage;
  }

  /** Everything that runs, or what is looked at. */
  async sample(isFull: boolean): Promise<void> {
    const topics = new Set<string>(this.watched());
    const all = this.mirrors.containers();
    const running = all.filter(({ environmentId, state }) => isUp(state) && this.isOnline(environmentId));
    const due = isFull ? running : running.filter(({ id }) => topics.has(`usage:${id}`));
    const containerIds: ContainerId[] = [];
    for (let at = 0; at < due.length; at += AT_ONCE) {
      for (const container of due.slice(at, at + AT_ONCE))
        if (this.sampleContainer(container)) containerIds.push(container.id);
      if (due.length > at + AT_ONCE) await nextTurn();
    }
    containerIds.push(...this.forgetAllBut(new Set(running.map(({ id }) => id))));
    const environmentIds = isFull || topics.has('hostUsage') ? await this.sampleHosts(isFull) : [];
    if (isFull || containerIds.length + environmentIds.length > 0)
      this.events.publish('usage.measured', { containerIds, environmentIds });
  }

  private sampleContainer({ id, engineId, environmentId }: SeenContainer): boolean {
    const counters = this.environments.engineOf(environmentId).usage(engineId);
    if (!counters) return false;
    const known = this.containers.get(id);
    const before = known && counters.atMs - known.counters.atMs <= TOGETHER_MS ? known.counters : undefined;
    // The same reading once more: what was there before is still the last that is known.
    if (before && before.atMs === counters.atMs) return false;
    const used = before && usedBetween(before, counters);
    const diskBytes = this.layers.latest(id) ?? null;
    const usage = used && {
      id,
      at: toIso(used.toMs),
      cpuLimit: counters.cpuLimit,
      memoryLimitBytes: counters.memoryLimitBytes,
      ...used.values,
      diskBytes,
    };
    this.containers.set(id, { counters, usage: usage ?? known?.usage });
    if (!used) return false;
    // Those that happen are noted when they do.
    this.history.add(id, { ...used, values: { ...used.values, diskBytes, restarts: 0 } }, CONTAINER_MEASURES);
    return true;
  }

  /** What does not run uses nothing: who was shown what it used is told. */
  private forgetAllBut(running: ReadonlySet<ContainerId>): ContainerId[] {
    const gone = [...this.containers.keys()].filter((id) => !running.has(id));
    for (const id of gone) this.containers.delete(id);
    return gone;
  }

  private async sampleHosts(isFull: boolean): Promise<EnvironmentId[]> {
    const here = this.environments.all().filter(({ id }) => this.environments.engineOf(id).isOnThisHost);
    if (here.length === 0) return [];
    if (isFull || this.disks.length === 0) this.disks = await readDisks();
    const counters = readHost();
    for (const { id } of here) {
      const before = this.hosts.get(id);
      const used = before && hostUsedBetween(before.counters, counters);
      if (!used) {
        this.hosts.set(id, { counters, usage: before?.usage });
        continue;
      }
      const { totalCpus, totalMemoryBytes, totalSwapBytes, upSeconds } = counters;
      const health = healthAt((counters.memoryBytes / totalMemoryBytes) * 100);
      const usage = { id, at: toIso(used.toMs), totalCpus, totalMemoryBytes, totalSwapBytes, upSeconds, health, disks: this.disks, ...used.values }; // prettier-ignore
      this.hosts.set(id, { counters, usage });
      this.history.add(id, used, HOST_MEASURES);
    }
    return here.map(({ id }) => id);
  }

  private isOnline(id: EnvironmentId): boolean {
    return this.environments.state(id).state === 'online';
  }
}

const isUp = (state: SeenContainer['state']): boolean => state === 'running' || state === 'paused';
