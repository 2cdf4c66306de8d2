import { Injectable } from '@nestjs/common';
import type { ContainerState, ContainerUsage, EnvironmentId, HostUsage, OperationState } from '@bailiwick/contract';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { MirrorStatus } from '../../foundation/environments/mirror.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import type { CountedUsage } from '../../foundation/environments/usage.js';
import type { CurrentMetrics } from '../../generated/bailiwick/observability/v1/CurrentMetrics.js';
import type { LogHistory } from '../../generated/bailiwick/observability/v1/LogHistory.js';
import type { Health__Output as Health } from '../../generated/bailiwick/observability/v1/Health.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import { CoreLog } from '../../kernel/log/log.js';
import { UsageSamplerService } from '../metrics/usage-sampler.service.js';
import { SocketGateService } from '../live/socket-gate.service.js';
import manifest from '../../../package.json' with { type: 'json' };

/** How much there is of what, now: what every way of measuring tells. */
export interface Figures {
  readonly environments: ReadonlyArray<{
    readonly id: EnvironmentId;
    readonly name: string;
    readonly state: MirrorStatus['state'];
  }>;
  readonly containers: ReadonlyArray<{
    readonly environmentId: EnvironmentId;
    readonly state: ContainerState;
    readonly count: number;
  }>;
  /** Those that are not finished. */
  readonly operations: ReadonlyMap<OperationState, number>;
  readonly sockets: number;
}

export type MeasuredContainer = ContainerUsage &
  Pick<SeenContainer, 'engineId' | 'environmentId' | 'tenantId' | 'name' | 'startedAtMs'> & {
    readonly counted: CountedUsage;
  };

/** What monitoring on this host may know. */
@Injectable()
export class ObservabilityService {
  private readonly startedAtMs: number;

  constructor(
    clock: Clock,
    private readonly places: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly events: Events,
    private readonly operations: OperationsService,
    private readonly sockets: SocketGateService,
    private readonly sampler: UsageSamplerService,
    private readonly log: CoreLog,
  ) {
    this.startedAtMs = clock.now();
  }

  health(): Health {
    const containers = this.mirrors.containers();
    const environments = this.places.all().map((row) => {
      const { state, sinceMs } = this.mirrors.status(row.id);
      const here = containers.filter(({ environmentId }) => environmentId === row.id);
      return {
        id: row.id,
        name: row.name,
        state,
        sinceMs,
        containersTotal: here.length,
        containersRunning: here.filter((container) => container.state === 'running').length,
      };
    });
    return {
      status: environments.every(({ state }) => state === 'online') ? 'ok' : 'degraded',
      version: manifest.version,
      startedAtMs: this.startedAtMs,
      environments,
    };
  }

  currentMetrics(): CurrentMetrics {
    return {
      hosts: this.hosts().map((host) => ({
        id: host.id,
        name: host.name,
        coreStatus: this.mirrors.status(host.id).state === 'online' ? 'ok' : 'degraded',
        atMs: Date.parse(host.at),
        upSeconds: host.upSeconds,
        totalCpus: host.totalCpus,
        totalMemoryBytes: host.totalMemoryBytes,
        health: host.health,
        disks: host.disks.map(({ mountpoint, totalBytes, usedBytes }) => ({ mountpoint, totalBytes, usedBytes })),
        ...(host.cpus === null ? {} : { cpus: host.cpus }),
        ...(host.memoryBytes === null ? {} : { memoryBytes: host.memoryBytes }),
        ...(host.receivedBytesPerSecond === null ? {} : { receivedBytesPerSecond: host.receivedBytesPerSecond }),
        ...(host.sentBytesPerSecond === null ? {} : { sentBytesPerSecond: host.sentBytesPerSecond }),
      })),
    };
  }

  logHistory(limit: number): LogHistory {
    const entries = this.log.history(limit);
    return {
      entries: entries.map(({ timestamp, level, logger, message }) => ({
        timestampMs: timestamp,
        level,
        logger,
        message,
      })),
    };
  }

  /** What each host that is measured uses. */
  hosts(): Array<HostUsage & { readonly name: string }> {
    return this.places.all().flatMap(({ id, name }) => {
      const usage = this.sampler.latestOfHost(id);
      return usage ? [{ ...usage, name }] : [];
    });
  }

  /** What each container that runs uses, and what its kernel counted since it started. */
  containers(): MeasuredContainer[] {
    return this.mirrors.containers().flatMap(({ id, engineId, environmentId, tenantId, name, startedAtMs }) => {
      const [usage, counted] = [this.sampler.latest(id), this.sampler.latestCounted(id)];
      return usage && counted ? [{ ...usage, engineId, environmentId, tenantId, name, startedAtMs, counted }] : [];
    });
  }

  figures(): Figures {
    const environments = this.places.all().map(({ id, name }) => ({ id, name, state: this.mirrors.status(id).state }));
    const counts = new Map<string, { environmentId: EnvironmentId; state: ContainerState; count: number }>();
    for (const { environmentId, state } of this.mirrors.containers()) {
      const key = `${environmentId} ${state}`;
      const count = (counts.get(key)?.count ?? 0) + 1;
      counts.set(key, { environmentId, state, count });
    }
    return {
      environments,
      containers: [...counts.values()],
      operations: this.operations.underWay(),
      sockets: this.sockets.openCount,
    };
  }

  /** Calls `onChange` after every change of an environment, until the returned function is called. */
  watch(onChange: () => void): () => void {
    return this.events.on('environment.changed', onChange);
  }
}
