import type { FinishedOperation } from '../../foundation/operations/operation.runner.js';
import type { AnsweredRequest } from '../../kernel/http/answered.js';

export type Attributes = Readonly<Record<string, string | number>>;

/** A stretch of work that is over, and the stretches within it. */
export interface TracedWork {
  readonly name: string;
  readonly kind: 'server' | 'internal';
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly failed: boolean;
  readonly attributes: Attributes;
  readonly within: readonly TracedWork[];
}

/** Asked all day by whoever watches: traces of them say nothing. */
const WATCHED: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** By the names OpenTelemetry has for it; nothing of the address but the route as it is declared. */
export const requestAttributes = ({ method, route, status }: AnsweredRequest): Attributes => ({
  'http.request.method': method,
  ...(route === null ? {} : { 'http.route': route }),
  'http.response.status_code': status,
});

export function traceOfRequest(request: AnsweredRequest): TracedWork | undefined {
  const { method, route, status, startedAtMs, seconds } = request;
  if (route !== null && WATCHED.has(route)) return undefined;
  return {
    name: route === null ? method : `${method} ${route}`,
    kind: 'server',
    startedAtMs,
    finishedAtMs: startedAtMs + seconds * 1000,
    failed: status >= 500,
    attributes: requestAttributes(request),
    within: [],
  };
}

export const operationAttributes = ({ name, outcome }: FinishedOperation): Attributes => ({
  'bailiwick.operation': name,
  'bailiwick.outcome': outcome,
});

/** One that never began took no time that could be told. */
export function traceOfOperation(operation: FinishedOperation): TracedWork | undefined {
  const { id, name, outcome, startedAtMs, finishedAtMs, steps } = operation;
  if (startedAtMs === null) return undefined;
  return {
    name,
    kind: 'internal',
    startedAtMs,
    finishedAtMs,
    failed: outcome === 'failed',
    attributes: { ...operationAttributes(operation), 'bailiwick.operation.id': id },
    within: steps.flatMap((step) => {
      if (step.startedAt === null) return [];
      return {
        name: step.name,
        kind: 'internal' as const,
        startedAtMs: step.startedAt,
        finishedAtMs: step.finishedAt ?? finishedAtMs,
        failed: step.state === 'failed',
        attributes: { 'bailiwick.step.state': step.state, 'bailiwick.step.attempts': step.attempts },
        within: [],
      };
    }),
  };
}
