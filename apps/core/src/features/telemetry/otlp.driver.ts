import {
  type Context,
  type Histogram,
  type HrTime,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
  ValueType,
} from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  MeterProvider,
  type MetricProducer,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { OtlpReceiver } from '../../config.js';
import type { Figures } from '../observability/observability.service.js';
import type { ContainerMetric } from './container-metrics.rules.js';
import type { Attributes, TracedWork } from './telemetry.rules.js';

const SEND_WITHIN_MS = 10_000;
/** What a receiver that is away costs in memory; the rest is dropped. */
const MOST_WAITING = 2048;
const SECONDS = [0.005, 0.025, 0.1, 0.25, 1, 2.5, 10, 60, 300, 1800];

interface Wiring {
  readonly receiver: OtlpReceiver;
  readonly version: string;
  readonly figures: () => Figures;
  readonly containerMetrics: () => ContainerMetric[];
  /** After every try to send. */
  readonly sent: (error: Error | undefined) => void;
}

interface Answer {
  readonly code: number;
  readonly error?: Error;
}
/** What an exporter calls back with; only the first code is a success. */
const SUCCESS = 0;

/** Speaks OTLP to a receiver, in batches and beside everything else: nobody waits for it. */
export class OtlpDriver {
  private readonly traces: TracerProvider;
  private readonly meters: MeterProvider;
  private readonly tracer: Tracer;
  private readonly requestSeconds: Histogram;
  private readonly operationSeconds: Histogram;

  constructor({ receiver, version, figures, containerMetrics, sent }: Wiring) {
    const resource = resourceFromAttributes({ 'service.name': 'bailiwick-core', 'service.version': version });
    const { headers } = receiver;
    const to = (signal: string) => ({ url: `${receiver.url}/v1/${signal}`, headers, timeoutMillis: SEND_WITHIN_MS });
    const exporter = told(new OTLPTraceExporter(to('traces')), sent);
    this.traces = new TracerProvider({
      resource,
      spanProcessors: [
        new BatchSpanProcessor({
          exporter,
          maxQueueSize: MOST_WAITING,
          scheduledDelayMillis: receiver.everyMs,
          exportTimeoutMillis: SEND_WITHIN_MS,
        }),
      ],
    });
    this.tracer = this.traces.getTracer('bailiwick');
    this.meters = new MeterProvider({
      resource,
      readers: [
        new PeriodicExportingMetricReader({
          exporter: told(new OTLPMetricExporter(to('metrics')), sent),
          exportIntervalMillis: receiver.everyMs,
          exportTimeoutMillis: receiver.everyMs,
          metricProducers: [producerOf(resource, containerMetrics)],
        }),
      ],
    });
    const meter = this.meters.getMeter('bailiwick');
    const seconds = { unit: 's', advice: { explicitBucketBoundaries: SECONDS } };
    this.requestSeconds = meter.createHistogram('http.server.request.duration', seconds);
    this.operationSeconds = meter.createHistogram('bailiwick.operation.duration', seconds);
    const environments = meter.createObservableGauge('bailiwick.environments');
    const containers = meter.createObservableGauge('bailiwick.containers');
    const underWay = meter.createObservableGauge('bailiwick.operations.under_way');
    const sockets = meter.createObservableGauge('bailiwick.live_sockets');
    meter.addBatchObservableCallback(
      (observed) => {
        const now = figures();
        for (const { id, name, state } of now.environments) observed.observe(environments, 1, { 'bailiwick.environment.id': id, 'bailiwick.environment.name': name, 'bailiwick.state': state }); // prettier-ignore
        for (const { environmentId, state, count } of now.containers) observed.observe(containers, count, { 'bailiwick.environment.id': environmentId, 'bailiwick.state': state }); // prettier-ignore
        for (const [state, count] of now.operations) observed.observe(underWay, count, { 'bailiwick.state': state });
        observed.observe(sockets, now.sockets);
      },
      [environments, containers, underWay, sockets],
    );
  }

  trace(work: TracedWork, above: Context = ROOT_CONTEXT): void {
    const span = this.tracer.startSpan(
      work.name,
      {
        kind: work.kind === 'server' ? SpanKind.SERVER : SpanKind.INTERNAL,
        startTime: toHrTime(work.startedAtMs),
        attributes: work.attributes,
      },
      above,
    );
    if (work.failed) span.setStatus({ code: SpanStatusCode.ERROR });
    const below = trace.setSpan(above, span);
    for (const part of work.within) this.trace(part, below);
    span.end(toHrTime(work.finishedAtMs));
  }

  measureRequest(seconds: number, attributes: Attributes): void {
    this.requestSeconds.record(seconds, attributes);
  }

  measureOperation(seconds: number, attributes: Attributes): void {
    this.operationSeconds.record(seconds, attributes);
  }

  /** Sends what waits. */
  async close(): Promise<void> {
    await Promise.all([this.traces.shutdown(), this.meters.shutdown()]);
  }
}

/** A bare number below the age of the process would be taken for its age. */
const toHrTime = (ms: number): HrTime => [Math.floor(ms / 1000), Math.round((ms % 1000) * 1e6)];

/** The packages keep failures to themselves; we want to know when a receiver goes and comes. */
function told<Sent, Exporter extends { export(items: Sent, done: (answer: Answer) => void): void }>(
  exporter: Exporter,
  sent: Wiring['sent'],
): Exporter {
  const send = exporter.export.bind(exporter);
  exporter.export = (items: Sent, done: (answer: Answer) => void) =>
    send(items, (answer) => {
      sent(answer.code === SUCCESS ? undefined : (answer.error ?? new Error('The receiver refused it.')));
      done(answer);
    });
  return exporter;
}

/** Instruments remember for ever what they were told of: containers come and go, and are told as they are now. */
const producerOf = (resource: Resource, containerMetrics: Wiring['containerMetrics']): MetricProducer => ({
  collect: () => {
    const metrics = containerMetrics().map(toMetricData);
    const scopeMetrics = [{ scope: { name: 'bailiwick.containers' }, metrics }];
    return Promise.resolve({ resourceMetrics: { resource, scopeMetrics }, errors: [] });
  },
});

function toMetricData({ name, unit, kind, points }: ContainerMetric): MetricData {
  const about = {
    descriptor: { name, unit, description: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
    dataPoints: points.map(({ attributes, value, sinceMs, atMs }) => ({
      attributes,
      value,
      startTime: toHrTime(sinceMs),
      endTime: toHrTime(atMs),
    })),
  };
  return kind === 'now'
    ? { ...about, dataPointType: DataPointType.GAUGE }
    : { ...about, dataPointType: DataPointType.SUM, isMonotonic: kind === 'total' };
}
