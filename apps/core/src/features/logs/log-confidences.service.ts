import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EnvironmentsService } from '../../foundation/environments/environments.service.js';
import type { SeenContainer } from '../../foundation/environments/seen-container.js';
import { Events } from '../../kernel/events.js';
import { ConfidencesService } from '../configurations/confidences.service.js';
import { ContainerLog } from './container-log.driver.js';
import { LineRedactor } from './line-redactor.rules.js';

const REMEMBERED = 1000;

/** The one way to the log an engine keeps: without what its container was told in confidence. */
@Injectable()
export class LogConfidencesService implements OnModuleInit, OnModuleDestroy {
  /** What an engine container was told never changes. */
  private readonly redactors = new Map<string, Promise<LineRedactor>>();
  private stop: () => void = () => undefined;

  constructor(
    private readonly confidences: ConfidencesService,
    private readonly environments: EnvironmentsService,
    private readonly events: Events,
  ) {}

  onModuleInit(): void {
    this.stop = this.events.on('container.changed', ({ type, container }) => {
      if (type === 'remove') this.redactors.delete(container.engineId);
    });
  }

  onModuleDestroy(): void {
    this.stop();
  }

  async logOf(container: SeenContainer): Promise<ContainerLog> {
    const redactor = await this.redactorOf(container);
    return new ContainerLog(this.environments.engineOf(container.environmentId), container.engineId, redactor);
  }

  private redactorOf(container: SeenContainer): Promise<LineRedactor> {
    const { engineId } = container;
    const known = this.redactors.get(engineId);
    if (known) return known;
    const asked = this.confidences.named(container).then((names) => new LineRedactor(names));
    this.redactors.set(engineId, asked);
    asked.catch(() => this.redactors.delete(engineId)); // whoever asked is told; the next one asks again
    const [oldest] = this.redactors.keys();
    if (this.redactors.size > REMEMBERED && oldest !== undefined) this.redactors.delete(oldest);
    return asked;
  }
}
