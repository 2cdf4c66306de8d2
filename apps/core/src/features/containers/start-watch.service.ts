import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config.js';
import type { ContainerSpec, Engine, EngineInspection } from '../../foundation/environments/engine.js';
import type { OperationContext } from '../../foundation/operations/operation.js';
import { type AppError, conflict, isAppError } from '../../kernel/errors.js';
import { Events } from '../../kernel/events.js';
import { CONFIG } from '../../kernel/tokens.js';
import { healthLimitMs, judge, masked } from './started.rules.js';

export interface Started {
  readonly engine: Engine;
  readonly engineId: string;
  /** What people call it. */
  readonly name: string;
  readonly health: ContainerSpec['health'];
  /** What it was told in confidence and is not to be repeated. */
  readonly confidences: readonly string[];
}

/** Of an operation, what waiting takes. */
export type Waiting = Pick<OperationContext<string>, 'signal' | 'progress' | 'idle'>;

const LAST_LINES = 50;
const LOOK_AGAIN_MS = 1000;
const LOGS_WITHIN_MS = 5000;

/** Waits with a container that was just started until it stands by itself. */
@Injectable()
export class StartWatchService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly events: Events,
  ) {}

  /** Up for a while, or what its health check says, whichever it has. `start_failed` or `unhealthy` (409) with its last words. */
  async untilUp(started: Started, context: Waiting): Promise<void> {
    const stableMs = this.config.BAILIWICK_DEPLOY_STABLE_MS;
    // Durations, not times of day: the monotonic clock counts them.
    const deadline = performance.now() + healthLimitMs(started.health);
    let upSince: number | null = null;
    for (;;) {
      const inspection = await this.inspect(started, context.signal);
      const verdict = judge(inspection);
      const now = performance.now();
      if (verdict === 'healthy') return;
      if (verdict === 'ended') throw await ended(started, inspection);
      if (verdict === 'unhealthy') throw await unhealthy(started, inspection);
      if (verdict === 'up') upSince ??= now;
      else upSince = null;
      if (upSince !== null && now - upSince >= stableMs) return;
      if (now >= deadline) throw await unhealthy(started, inspection);
      context.progress(null, { code: verdict === 'up' ? 'watching' : 'waiting_for_health', params: {} });
      const left = upSince === null ? deadline - now : upSince + stableMs - now;
      await context.idle(() => this.nextChange(started.engineId, Math.min(LOOK_AGAIN_MS, left), context.signal));
    }
  }

  private async inspect({ engine, engineId, name }: Started, signal: AbortSignal): Promise<EngineInspection> {
    try {
      return await engine.inspect(engineId, signal);
    } catch (error) {
      if (!isAppError(error, 'not_found')) throw error;
      throw conflict('start_failed', `${name} was removed while it started.`, { params: { reason: 'removed' } });
    }
  }

  private async nextChange(engineId: string, withinMs: number, signal: AbortSignal): Promise<void> {
    const changed = new AbortController();
    const stop = this.events.on('container.changed', ({ container }) => {
      if (container.engineId === engineId) changed.abort();
    });
    try {
      await delay(withinMs, undefined, { signal: AbortSignal.any([signal, changed.signal]) });
    } catch {
      signal.throwIfAborted(); // else it changed, which is what was waited for
    } finally {
      stop();
    }
  }
}

async function ended(started: Started, { exitCode, oomKilled }: EngineInspection): Promise<AppError> {
  const why = oomKilled ? 'ran out of memory' : `ended with exit code ${exitCode ?? 'unknown'}`;
  return conflict('start_failed', `${started.name} ${why} right after its start.`, {
    params: { exitCode, oomKilled, lines: await lastLines(started) },
  });
}

async function unhealthy(started: Started, { healthProbes }: EngineInspection): Promise<AppError> {
  const probe = healthProbes.at(-1);
  const output = masked(probe?.output ?? '', started.confidences);
  return conflict('unhealthy', `${started.name} runs, and its health check does not pass.`, {
    params: { probe: probe ? { exitCode: probe.exitCode, output } : null, lines: await lastLines(started) },
  });
}

/** Its last words; without them the failure is still told. */
async function lastLines({ engine, engineId, confidences }: Started): Promise<string[]> {
  const lines: string[] = [];
  const options = { tail: LAST_LINES, sinceNs: null, untilNs: null, follow: false, stdout: true, stderr: true };
  try {
    for await (const { text } of engine.logs(engineId, options, AbortSignal.timeout(LOGS_WITHIN_MS)))
      lines.push(masked(text, confidences));
  } catch (error) {
    lines.push(`(the log cannot be read: ${error instanceof Error ? error.message : String(error)})`);
  }
  return lines.slice(-LAST_LINES);
}
