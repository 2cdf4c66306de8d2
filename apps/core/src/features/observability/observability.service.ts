import { Injectable } from '@nestjs/common';
import type { ContainerState, EnvironmentId, OperationState } from '@bailiwick/contract';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { MirrorStatus } from '../../foundation/environments/mirror.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import type { Health__Output as Health } from '../../generated/bailiwick/observability/v1/Health.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
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

/** What monitoring on this host may know: states and counts, no names of containers, no people. */
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
