import type { Container, ContainerStatus } from '@bailiwick/contract';

export type Tone = 'success' | 'progress' | 'warning' | 'danger' | 'neutral';
export type StatusIcon = 'running' | 'busy' | 'warning' | 'failed' | 'stopped' | 'created' | 'paused' | 'unknown';

interface StatusFace {
  tone: Tone;
  icon: StatusIcon;
  /** Worst first: the order of the status column. */
  rank: number;
}

/** Shape, colour and urgency of each status; a word always stands beside them. */
const FACES: Record<ContainerStatus, StatusFace> = {
  unhealthy: { tone: 'warning', icon: 'warning', rank: 0 },
  killed: { tone: 'danger', icon: 'failed', rank: 1 },
  exited: { tone: 'danger', icon: 'failed', rank: 2 },
  restarting: { tone: 'progress', icon: 'busy', rank: 3 },
  starting: { tone: 'progress', icon: 'busy', rank: 4 },
  running: { tone: 'success', icon: 'running', rank: 5 },
  paused: { tone: 'neutral', icon: 'paused', rank: 6 },
  removing: { tone: 'progress', icon: 'busy', rank: 7 },
  created: { tone: 'neutral', icon: 'created', rank: 8 },
  stopped: { tone: 'neutral', icon: 'stopped', rank: 9 },
  unknown: { tone: 'neutral', icon: 'unknown', rank: 10 },
};

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
  return Object.hasOwn(FACES, text);
}

export function faceOf(status: ContainerStatus): StatusFace {
  return FACES[status];
}

/** The exit code belongs beside the word only where it explains the status. */
export function shownExitCode({ status, exitCode }: Pick<Container, 'status' | 'exitCode'>): number | null {
  return status === 'exited' ? exitCode : null;
}
