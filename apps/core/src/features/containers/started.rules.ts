import type { ContainerSpec, EngineInspection } from '../../foundation/environments/engine.js';

export type Verdict = 'healthy' | 'up' | 'waiting' | 'ended' | 'unhealthy';

/** How a container that was just started is doing. */
export function judge({
  state,
  health,
  restartCount,
}: Pick<EngineInspection, 'state' | 'health' | 'restartCount'>): Verdict {
  switch (state) {
    case 'created':
    case 'paused':
      return 'waiting';
    case 'restarting':
    case 'removing':
    case 'exited':
    case 'dead':
      return 'ended';
    case 'running':
      if (restartCount > 0 && health === 'none') return 'ended';
      if (health === 'none') return 'up';
      return health === 'starting' ? 'waiting' : health;
  }
}

/** How long a container may take until its health check says yes; one that is the image's own is not known here. */
export function healthLimitMs(health: ContainerSpec['health']): number {
  const GRACE_MS = 30_000;
  const UNDECLARED_MS = 180_000;
  if (!health) return UNDECLARED_MS;
  return health.startPeriodMs + (health.intervalMs + health.timeoutMs) * (health.retries + 1) + GRACE_MS;
}

/** Log lines may repeat what the container was told in confidence. */
export const masked = (text: string, confidences: readonly string[]): string =>
  confidences.reduce((clean, secret) => (secret === '' ? clean : clean.replaceAll(secret, '•••')), text);
