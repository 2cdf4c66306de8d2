import type { Container, ContainerStatus } from '@bailiwick/contract';

/** The shapes a status can take; each has its own colour, and a word always stands beside it. */
export type StatusShape = 'good' | 'busy' | 'warning' | 'bad' | 'stopped' | 'created' | 'paused' | 'unknown';

/** In the order of the status column: what needs a look comes first. Stopped on purpose is no alarm. */
const SHAPES: Record<ContainerStatus, StatusShape> = {
  unhealthy: 'warning',
  killed: 'bad',
  exited: 'bad',
  restarting: 'busy',
  starting: 'busy',
  running: 'good',
  paused: 'paused',
  removing: 'busy',
  created: 'created',
  stopped: 'stopped',
  unknown: 'unknown',
};
const RANKED = Object.keys(SHAPES);

/** In the order of the filter: what people look for first. */
export const STATUSES: readonly ContainerStatus[] = [
  'running',
  'unhealthy',
  'starting',
  'restarting',
  'paused',
  'stopped',
  'exited',
  'killed',
  'created',
  'removing',
  'unknown',
];

export function isStatus(text: string): text is ContainerStatus {
  return Object.hasOwn(SHAPES, text);
}

export function iconOf(status: ContainerStatus): StatusShape {
  return SHAPES[status];
}

export function rankOf(status: ContainerStatus): number {
  return RANKED.indexOf(status);
}

/** The exit code belongs beside the word only where it explains the status. */
export function shownExitCode({ status, exitCode }: Pick<Container, 'status' | 'exitCode'>): number | null {
  return status === 'exited' ? exitCode : null;
}
