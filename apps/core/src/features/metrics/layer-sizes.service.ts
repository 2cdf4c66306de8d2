import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ContainerId, EnvironmentId } from '@bailiwick/contract';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import { MirrorsService } from '../../foundation/environments/mirrors.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Clock } from '../../kernel/clock.js';
import { isAppError } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { Mutex } from '../../kernel/mutex.js';

const MINUTE_MS = 60_000;
/** From the end of one round to the beginning of the next. */
const EVERY_MS = 10 * MINUTE_MS;
const FIRST_AFTER_MS = MINUTE_MS;
/** What was measured longer ago says nothing of now. */
const HOLDS_MS = 3 * EVERY_MS;

declare module '../../kernel/events.js' {
  interface CoreEvents {
    /** It was measured what the files of this container take; `latest` says it. */
    'layer.measured': { readonly containerId: ContainerId };
  }
}

interface Measured {
  readonly engineId: string;
  readonly bytes: number;
  readonly atMs: number;
}

/** What the own files of each container take: asked for seldom and one after the other, since an engine walks through them. */
@Injectable()
export class LayerSizes implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly measured = new Map<ContainerId, Measured>();
  private readonly turn = new Mutex();
  private readonly stopping = new AbortController();
  private readonly log: Log;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly mirrors: MirrorsService,
    private readonly environments: EnvironmentsService,
    private readonly clock: Clock,
    private readonly events: Events,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('metrics');
  }

  onApplicationBootstrap(): void {
    this.plan(FIRST_AFTER_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.turn.run(() => Promise.resolve());
  }

  /** Undefined while that is not known. */
  latest(id: ContainerId): number | undefined {
    const known = this.measured.get(id);
    const seen = this.mirrors.container(id);
    if (!known || !seen || known.engineId !== seen.engineId) return undefined;
    // What does not run writes nothing.
    return isUp(seen) && this.clock.now() - known.atMs > HOLDS_MS ? undefined : known.bytes;
  }

  /** Once through all of them; one round after the other. */
  round(): Promise<void> {
    return this.turn.run(async () => {
      for (const id of this.measured.keys()) if (!this.mirrors.container(id)) this.measured.delete(id);
      await Promise.all(this.environments.all().map(({ id }) => this.measureOn(id)));
    });
  }

  private plan(inMs: number): void {
    this.timer = setTimeout(() => {
      this.round()
        .catch((error: unknown) =>
          this.log.error({ err: error }, 'What containers take of the disk could not be measured'),
        ) // prettier-ignore
        .finally(() => !this.stopping.signal.aborted && this.plan(EVERY_MS));
    }, inMs).unref();
  }

  private async measureOn(environmentId: EnvironmentId): Promise<void> {
    for (const seen of this.mirrors.containers()) {
      if (seen.environmentId !== environmentId || !this.isDue(seen)) continue;
      if (this.stopping.signal.aborted || this.environments.state(environmentId).state !== 'online') return;
      await this.measure(seen);
    }
  }

  /** What does not run is measured once. */
  private isDue(seen: SeenContainer): boolean {
    return isUp(seen) || this.measured.get(seen.id)?.engineId !== seen.engineId;
  }

  private async measure({ id, engineId, environmentId }: SeenContainer): Promise<void> {
    try {
      const bytes = await this.environments.engineOf(environmentId).layerBytes(engineId, this.stopping.signal);
      if (bytes === undefined) return;
      this.measured.set(id, { engineId, bytes, atMs: this.clock.now() });
      this.events.publish('layer.measured', { containerId: id });
    } catch (error) {
      if (this.stopping.signal.aborted || isAppError(error, 'not_found')) return;
      // One that takes too long keeps nobody from measuring the others; it has its turn again in the next round.
      this.log.debug({ err: error, containerId: id }, 'What a container takes of the disk could not be measured');
    }
  }
}

const isUp = ({ state }: SeenContainer): boolean => state === 'running' || state === 'paused';
