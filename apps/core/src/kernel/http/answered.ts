import type { IncomingMessage, Server } from 'node:http';
import { performance } from 'node:perf_hooks';
import * as z from 'zod';
import type { Events } from '../events.js';

/** One request that is over, told without anything that is in its address. */
export interface AnsweredRequest {
  readonly method: string;
  /** As it is declared, from the top; null where nothing was found at the address, or nobody looked. */
  readonly route: string | null;
  /** 499 where whoever asked went away before the answer began. */
  readonly status: number;
  readonly startedAtMs: number;
  readonly seconds: number;
}

declare module '../events.js' {
  interface CoreEvents {
    'request.answered': AnsweredRequest;
  }
}

const GONE = 499;
const Routed = z.object({ route: z.object({ path: z.string() }) });

/** Announces every request when its answer is out. Call after whatever else stands before the framework. */
export function announceAnswers(server: Server, events: Events): void {
  server.prependListener('request', (request, response) => {
    const since = performance.now();
    response.once('close', () =>
      events.publish('request.answered', {
        method: request.method ?? '',
        route: routeOf(request),
        status: response.headersSent ? response.statusCode : GONE,
        startedAtMs: performance.timeOrigin + since,
        seconds: (performance.now() - since) / 1000,
      }),
    );
  });
}

/** The framework leaves it on the request. */
function routeOf(request: IncomingMessage): string | null {
  const routed = Routed.safeParse(request);
  return routed.success ? routed.data.route.path : null;
}
