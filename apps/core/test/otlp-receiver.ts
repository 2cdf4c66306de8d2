import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

const Value = z.object({ stringValue: z.string().optional(), intValue: z.coerce.number().optional() });
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .default([])
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, value.stringValue ?? value.intValue])));
const Span = z.object({
  traceId: z.string().regex(/^[0-9a-f]{32}$/),
  spanId: z.string().regex(/^[0-9a-f]{16}$/),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: Attributes,
  status: z.object({ code: z.number().default(0) }),
});
export type Span = z.infer<typeof Span>;
const Resource = z.object({ attributes: Attributes });
const Traces = z.object({
  resourceSpans: z.array(z.object({ resource: Resource, scopeSpans: z.array(z.object({ spans: z.array(Span) })) })),
});
const Point = z.object({
  attributes: Attributes,
  startTimeUnixNano: z.coerce.bigint(),
  timeUnixNano: z.coerce.bigint(),
  asDouble: z.number(),
});
const Points = z.object({ dataPoints: z.array(Point) });
const Metric = z.object({ name: z.string(), unit: z.string().optional() });
/** Those of the core's own have whole numbers and buckets: only the words for them are read. */
const ContainerMetric = Metric.extend({
  gauge: Points.optional(),
  sum: Points.extend({ aggregationTemporality: z.number(), isMonotonic: z.boolean().optional() }).optional(),
});
export type ContainerMetric = z.infer<typeof ContainerMetric>;
const Metrics = z.object({
  resourceMetrics: z.array(
    z.object({
      resource: Resource,
      scopeMetrics: z.array(z.object({ metrics: z.array(Metric.loose()) })),
    }),
  ),
});

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Takes OTLP over HTTP on loopback, reads it by the protocol and keeps it. */
export class OtlpReceiver {
  readonly received: Received[] = [];

  private constructor(private readonly server: Server) {}

  static async start(port = 0): Promise<OtlpReceiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { url = '', headers } = request;
        receiver.received.push({ path: url, headers, text: Buffer.concat(parts).toString() });
        response.setHeader('Content-Type', 'application/json').end('{}');
      });
    });
    const receiver = new OtlpReceiver(server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    // What listens on a port has an address of this kind.
    return (this.server.address() as AddressInfo).port;
  }

  get spans(): Span[] {
    const scopes = this.at('/v1/traces').flatMap((text) => Traces.parse(JSON.parse(text)).resourceSpans);
    return scopes.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  }

  get metrics(): string[] {
    const all = this.at('/v1/metrics').flatMap((text) => Metrics.parse(JSON.parse(text)).resourceMetrics);
    return all.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics.map(({ name }) => name)));
  }

  /** What containers use, as it was told last. */
  get containers(): ContainerMetric[] {
    const [last] = this.at('/v1/metrics').slice(-1);
    if (last === undefined) return [];
    const all = Metrics.parse(JSON.parse(last)).resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics);
    const metrics = all.flatMap((scope) => scope.metrics).filter(({ name }) => name.startsWith('container.'));
    return ContainerMetric.array().parse(metrics);
  }

  /** The service each of them says it comes from. */
  get services(): unknown[] {
    const all = this.at('/v1/traces').flatMap((text) => Traces.parse(JSON.parse(text)).resourceSpans);
    return all.map(({ resource }) => resource.attributes['service.name']);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private at(path: string): string[] {
    return this.received.filter((one) => one.path === path).map(({ text }) => text);
  }
}
