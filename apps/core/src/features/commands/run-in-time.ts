import type { RunLimits, RunResult } from '../../foundation/environments/engine.js';
import { isAppError } from '../../kernel/errors.js';
import type { Entry } from '../containers/containers.service.js';
import { withinTime } from './run.rules.js';

const SECONDS = 10;
/** Who ends it in the container comes first; then we stop listening. */
export const LIMITS = { timeoutMs: SECONDS * 1000 + 500, maxBytes: 64 * 1024 };

export async function runInTime(
  { seen: { engineId }, engine }: Pick<Entry, 'seen' | 'engine'>,
  argv: readonly string[],
  limits: RunLimits,
): Promise<RunResult> {
  try {
    return await engine.run(engineId, withinTime(argv, SECONDS), limits);
  } catch (error) {
    if (!isAppError(error, 'tool_missing')) throw error;
    // An image without `timeout`: what goes on too long is left to itself.
    return engine.run(engineId, argv, limits);
  }
}
