import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config.js';
import type { FinishedOperation } from '../../foundation/operations/operation.runner.js';
import { Events } from '../../kernel/events.js';
import type { AnsweredRequest } from '../../kernel/http/answered.js';
import { CoreLog, type Log } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { type MeasuredContainer, ObservabilityService } from '../observability/observability.service.js';
import { metricsOf } from './container-metrics.rules.js';
import type { OtlpDriver } from './otlp.driver.js';
import { operationAttributes, requestAttributes, traceOfOperation, traceOfRequest } from './telemetry.rules.js';

/** Of so many containers what they use is sent: a receiver counts what it keeps by how many there are. */
const MOST_CONTAINERS = 1000;
/** A receiver that is away does not keep the core from stopping. */
const LAST_WORDS_MS = 2000;

/** Sends traces and metrics to where the settings say; while they say nothing, not even the packages are loaded. */
@Injectable()
export class TelemetryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log: Log;
  private driver: OtlpDriver | undefined;
  private stops: ReadonlyArray<() => void> = [];
  private isAway = false;
  private hasTooMany = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly events: Events,
    private readonly observability: ObservabilityService,
    coreLog: CoreLog,
  ) {
    this.log = coreLog.for('telemetry');
  }

  async onApplicationBootstrap(): Promise<void> {
    const { otlp } = this.config;
    if (!otlp) return;
    const { OtlpDriver } = await import('./otlp.driver.js');
    const driver = new OtlpDriver({
      receiver: otlp,
      version: manifest.version,
      figures: () => this.observability.figures(),
      containerMetrics: () => metricsOf(this.containers()),
      sent: (error) => this.note(error),
    });
    this.driver = driver;
    this.stops = [
      this.events.on('request.answered', (request) => tellRequest(driver, request)),
      this.events.on('operation.finished', (operation) => tellOperation(driver, operation)),
    ];
    this.log.info({ url: otlp.url }, 'Traces and metrics are sent by OTLP');
  }

  async onApplicationShutdown(): Promise<void> {
    for (const stop of this.stops) stop();
    if (!this.driver) return;
    const last = this.driver.close().catch((error: unknown) => this.log.debug({ err: error }, 'What waited was not sent')); // prettier-ignore
    await Promise.race([last, pause(LAST_WORDS_MS, undefined, { ref: false })]);
  }

  /** The first of them by their id, so that they stay the same. */
  private containers(): MeasuredContainer[] {
    const all = this.observability.containers();
    const hasTooMany = all.length > MOST_CONTAINERS;
    if (hasTooMany && !this.hasTooMany)
      this.log.warn({ containers: all.length }, `What more than ${MOST_CONTAINERS} containers use is not sent by OTLP`);
    this.hasTooMany = hasTooMany;
    return hasTooMany ? all.sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, MOST_CONTAINERS) : all;
  }

  /** Once when it goes and once when it comes back, not with every batch. */
  private note(error: Error | undefined): void {
    if ((error !== undefined) === this.isAway) return;
    this.isAway = error !== undefined;
    if (error)
      this.log.warn({ err: error }, 'The OTLP receiver does not take what it is sent; it is dropped meanwhile');
    else this.log.info('The OTLP receiver takes what it is sent again');
  }
}

function tellRequest(driver: OtlpDriver, request: AnsweredRequest): void {
  driver.measureRequest(request.seconds, requestAttributes(request));
  const traced = traceOfRequest(request);
  if (traced) driver.trace(traced);
}

function tellOperation(driver: OtlpDriver, operation: FinishedOperation): void {
  if (operation.seconds !== null) driver.measureOperation(operation.seconds, operationAttributes(operation));
  const traced = traceOfOperation(operation);
  if (traced) driver.trace(traced);
}
