import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config.js';
import type { FinishedOperation } from '../../foundation/operations/operation.runner.js';
import { Database } from '../../kernel/database/database.js';
import { databaseBytes } from '../../kernel/database/database-size.js';
import { Events } from '../../kernel/events.js';
import type { AnsweredRequest } from '../../kernel/http/answered.js';
import { CoreLog } from '../../kernel/log/log.js';
import { CONFIG } from '../../kernel/tokens.js';
import { ObservabilityService } from './observability.service.js';

const REQUEST_SECONDS = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10];
const OPERATION_SECONDS = [0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800];
/** Gauges by the name of counters, which the format's own check refuses; the same stands in them by type. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

interface Meters {
  readonly registry: Registry;
  readonly environments: Gauge<'environment' | 'name' | 'state'>;
  readonly containers: Gauge<'environment' | 'state'>;
  readonly containerCpu: Gauge<'environment' | 'container' | 'name'>;
  readonly containerMemory: Gauge<'environment' | 'container' | 'name'>;
  readonly hostCpu: Gauge<'environment' | 'name'>;
  readonly hostMemory: Gauge<'environment' | 'name'>;
  readonly underWay: Gauge<'state'>;
  readonly finished: Counter<'operation' | 'outcome'>;
  readonly durations: Histogram<'operation' | 'outcome'>;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly sockets: Gauge;
  readonly databaseUp: Gauge;
  readonly databaseSize: Gauge;
}

/** What Prometheus reads: states, counts and durations, no people. Nothing is counted before somebody reads it first. */
@Injectable()
export class PrometheusService implements OnModuleDestroy {
  private meters: Promise<Meters> | undefined;
  private stops: ReadonlyArray<() => void> = [];

  constructor(
    private readonly observability: ObservabilityService,
    private readonly database: Database,
    private readonly events: Events,
    private readonly log: CoreLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleDestroy(): void {
    for (const stop of this.stops) stop();
  }

  async read(): Promise<string> {
    this.meters ??= this.begin();
    const meters = await this.meters;
    this.lookAround(meters);
    this.lookAtUsage(meters);
    await this.lookAtDatabase(meters);
    return meters.registry.metrics();
  }

  /** The library takes more memory than many a core has to spare: who is never read does not load it. */
  private async begin(): Promise<Meters> {
    const { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } = await import('prom-client');
    const registry = new Registry();
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    for (const name of MISNAMED) registry.removeSingleMetric(name);
    const info = new Gauge({ name: 'bailiwick_info', help: 'The version that runs; always 1.', labelNames: ['version'], registers }); // prettier-ignore
    info.set({ version: manifest.version }, 1);
    const meters: Meters = {
      registry,
      environments: new Gauge({
        name: 'bailiwick_environment_state',
        help: 'One for the state an environment is in, zero for the others.',
        labelNames: ['environment', 'name', 'state'],
        registers,
      }),
      containers: new Gauge({
        name: 'bailiwick_containers',
        help: 'Containers by environment and state.',
        labelNames: ['environment', 'state'],
        registers,
      }),
      containerCpu: new Gauge({
        name: 'bailiwick_container_cpu_cores',
        help: 'What a container uses of the processors, in cores.',
        labelNames: ['environment', 'container', 'name'],
        registers,
      }),
      containerMemory: new Gauge({
        name: 'bailiwick_container_memory_bytes',
        help: 'What a container uses of the memory, without cache.',
        labelNames: ['environment', 'container', 'name'],
        registers,
      }),
      hostCpu: new Gauge({
        name: 'bailiwick_host_cpu_cores',
        help: 'What a host uses of its processors, in cores.',
        labelNames: ['environment', 'name'],
        registers,
      }),
      hostMemory: new Gauge({
        name: 'bailiwick_host_memory_bytes',
        help: 'What a host uses of its memory.',
        labelNames: ['environment', 'name'],
        registers,
      }),
      underWay: new Gauge({
        name: 'bailiwick_operations_under_way',
        help: 'Operations that are not finished, by state.',
        labelNames: ['state'],
        registers,
      }),
      finished: new Counter({
        name: 'bailiwick_operations_finished_total',
        help: 'Operations that finished, by kind and outcome.',
        labelNames: ['operation', 'outcome'],
        registers,
      }),
      durations: new Histogram({
        name: 'bailiwick_operation_duration_seconds',
        help: 'How long operations took from their beginning, by kind and outcome.',
        labelNames: ['operation', 'outcome'],
        buckets: OPERATION_SECONDS,
        registers,
      }),
      requests: new Histogram({
        name: 'bailiwick_http_request_duration_seconds',
        help: 'How long requests took until their answer was out, by declared route.',
        labelNames: ['method', 'route', 'status'],
        buckets: REQUEST_SECONDS,
        registers,
      }),
      sockets: new Gauge({ name: 'bailiwick_live_sockets', help: 'Live connections that are open.', registers }),
      databaseUp: new Gauge({ name: 'bailiwick_database_up', help: 'One while the database answers.', registers }),
      databaseSize: new Gauge({ name: 'bailiwick_database_size_bytes', help: 'What the panel’s own rows take.', registers }), // prettier-ignore
    };
    this.stops = [
      this.events.on('request.answered', (request) => countRequest(meters, request)),
      this.events.on('operation.finished', (operation) => countOperation(meters, operation)),
    ];
    return meters;
  }

  private lookAround(meters: Meters): void {
    meters.environments.reset();
    meters.containers.reset();
    const { environments, containers, operations, sockets } = this.observability.figures();
    for (const { id, name, state } of environments) {
      for (const one of ['connecting', 'online', 'offline'] as const)
        meters.environments.set({ environment: id, name, state: one }, one === state ? 1 : 0);
    }
    for (const { environmentId, state, count } of containers)
      meters.containers.set({ environment: environmentId, state }, count);
    for (const [state, count] of operations) meters.underWay.set({ state }, count);
    meters.sockets.set(sockets);
  }

  /** What nothing counts is left out, also where it was counted before. */
  private lookAtUsage({ containerCpu, containerMemory, hostCpu, hostMemory }: Meters): void {
    for (const gauge of [containerCpu, containerMemory, hostCpu, hostMemory]) gauge.reset();
    for (const { id, environmentId, name, cpus, memoryBytes } of this.observability.containers()) {
      const labels = { environment: environmentId, container: id, name };
      if (cpus !== null) containerCpu.set(labels, cpus);
      if (memoryBytes !== null) containerMemory.set(labels, memoryBytes);
    }
    for (const { id, name, cpus, memoryBytes } of this.observability.hosts()) {
      const labels = { environment: id, name };
      if (cpus !== null) hostCpu.set(labels, cpus);
      if (memoryBytes !== null) hostMemory.set(labels, memoryBytes);
    }
  }

  private async lookAtDatabase({ databaseUp, databaseSize }: Meters): Promise<void> {
    try {
      databaseSize.set(await databaseBytes(this.database, this.config));
      databaseUp.set(1);
    } catch (error) {
      this.log.for('metrics').warn({ err: error }, 'The size of the database cannot be read');
      databaseSize.reset();
      databaseUp.set(0);
    }
  }
}

function countRequest({ requests }: Meters, { method, route, status, seconds }: AnsweredRequest): void {
  requests.observe({ method, route: route ?? 'none', status }, seconds);
}

function countOperation({ finished, durations }: Meters, { name, outcome, seconds }: FinishedOperation): void {
  finished.inc({ operation: name, outcome });
  if (seconds !== null) durations.observe({ operation: name, outcome }, seconds);
}
