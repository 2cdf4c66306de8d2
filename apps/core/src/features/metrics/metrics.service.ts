import { Injectable } from '@nestjs/common';
import {
  CONTAINER_MEASURES,
  type ContainerHistory,
  type ContainerId,
  type ContainerUsage,
  type CurrentMetrics,
  type EnvironmentId,
  HOST_MEASURES,
  type HostHistory,
  type HostUsage,
  type MetricsRange,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import { allows } from '../../foundation/access/access.rules.js';
import type { Actor } from '../../foundation/access/actor.js';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import { HistoryService } from './history.service.js';
import { UsageSamplerService } from './usage-sampler.service.js';

/** What things use, now and in the past, for who may know it. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly access: AccessService,
    private readonly environments: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly sampler: UsageSamplerService,
    private readonly history: HistoryService,
  ) {}

  /** Of everything that runs and that the actor may see it of. */
  usage(actor: Actor): ContainerUsage[] {
    return this.mirrors.containers().flatMap(({ id }) => this.findUsage(actor, id) ?? []);
  }

  /** Nothing while it does not run, or was not measured twice yet. 404 and 403 as for every container. */
  usageOf(actor: Actor, id: ContainerId): ContainerUsage[] {
    this.access.require(actor, 'containers.stats', this.environments.container(actor, id));
    const usage = this.findUsage(actor, id);
    return usage ? [usage] : [];
  }

  findUsage(actor: Actor, id: ContainerId): ContainerUsage | undefined {
    return this.maySee(actor, id) ? this.sampler.latest(id) : undefined;
  }

  maySee(actor: Actor, id: ContainerId): boolean {
    const container = this.mirrors.container(id);
    if (!container || !allows(actor, 'containers.see', container)) return false;
    return allows(actor, 'containers.stats', container);
  }

  containerHistory(actor: Actor, id: ContainerId, range: MetricsRange): ContainerHistory {
    this.access.require(actor, 'containers.stats', this.environments.container(actor, id));
    const memoryBytes = this.sampler.latest(id)?.memoryLimitBytes ?? null;
    return { ...this.history.read(id, range, CONTAINER_MEASURES), limits: { memoryBytes } };
  }

  hostHistory(actor: Actor, id: EnvironmentId, range: MetricsRange): HostHistory {
    this.environments.see(actor, id);
    this.access.require(actor, 'environments.metrics', null);
    const { totalCpus: cpus, totalMemoryBytes: memoryBytes } = this.sampler.latestOfHost(id) ?? {};
    const limits = { cpus: cpus ?? null, memoryBytes: memoryBytes ?? null };
    return { ...this.history.read(id, range, HOST_MEASURES), limits };
  }

  /** Of each host that is measured. */
  hosts(actor: Actor): HostUsage[] {
    this.access.require(actor, 'environments.metrics', null);
    return this.environments.all().flatMap(({ id }) => this.sampler.latestOfHost(id) ?? []);
  }

  findHost(actor: Actor, id: EnvironmentId): HostUsage | undefined {
    return allows(actor, 'environments.metrics', null) ? this.sampler.latestOfHost(id) : undefined;
  }

  current(actor: Actor): CurrentMetrics {
    const items = this.hosts(actor).map((host) => ({
      ...host,
      name: this.environments.get(host.id).name,
      coreStatus: this.environments.state(host.id).state === 'online' ? ('ok' as const) : ('degraded' as const),
    }));
    return { items };
  }
}
