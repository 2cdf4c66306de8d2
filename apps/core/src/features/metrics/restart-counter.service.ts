import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { CONTAINER_MEASURES, type ContainerId, type ContainerMeasure } from '@bailiwick/contract';
import type { ContainerChange } from '../../foundation/environments/seen-container.js';
import { Clock } from '../../kernel/clock.js';
import { type CoreEvents, Events } from '../../kernel/events.js';
import { HistoryService } from './history.service.js';

const NOTHING = Object.fromEntries(CONTAINER_MEASURES.map((name) => [name, null])) as Record<ContainerMeasure, null>;

/** Notes each start that came after an end: also of what never runs long enough to be measured. */
@Injectable()
export class RestartCounter implements OnModuleInit, OnModuleDestroy {
  /** Those of which a run is over and none came after it. */
  private readonly ended = new Set<ContainerId>();
  private unsubscribe: ReadonlyArray<() => void> = [];

  constructor(
    private readonly history: HistoryService,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = [
      this.events.on('engine.announced', (announced) => this.hear(announced)),
      this.events.on('container.changed', (change) => this.look(change)),
    ];
  }

  onModuleDestroy(): void {
    for (const stop of this.unsubscribe) stop();
  }

  private hear({ container: { id }, event: { action } }: CoreEvents['engine.announced']): void {
    if (action === 'die') this.ended.add(id);
    if (action !== 'start' || !this.ended.delete(id)) return;
    const atMs = this.clock.now();
    this.history.add(id, { fromMs: atMs, toMs: atMs, values: { ...NOTHING, restarts: 1 } }, CONTAINER_MEASURES);
  }

  /** Of what had ended before anybody listened, only its state tells. */
  private look({ type, container: { id, state, finishedAtMs } }: ContainerChange): void {
    if (type === 'remove') this.ended.delete(id);
    else if ((state === 'exited' || state === 'dead') && finishedAtMs !== null) this.ended.add(id);
  }
}
