import { Injectable } from '@nestjs/common';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { Health__Output as Health } from '../../generated/bailiwick/observability/v1/Health.js';
import { Clock } from '../../kernel/clock.js';
import { Events } from '../../kernel/events.js';
import manifest from '../../../package.json' with { type: 'json' };

/** What monitoring on this host may know: states and counts, no names of containers, no people. */
@Injectable()
export class ObservabilityService {
  private readonly startedAtMs: number;

  constructor(
    clock: Clock,
    private readonly places: EnvironmentsService,
    private readonly mirrors: MirrorsService,
    private readonly events: Events,
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

  /** Calls `onChange` after every change of an environment, until the returned function is called. */
  watch(onChange: () => void): () => void {
    return this.events.on('environment.changed', onChange);
  }
}
