import type { Alert, ConfigurationVersion, ContainerEnd, Operation } from '@bailiwick/contract';

export type MarkKind =
  | 'crashed'
  | 'outOfMemory'
  | 'ended'
  | 'stopped'
  | 'restarted'
  | 'deployed'
  | 'changed'
  | 'lost'
  | 'back'
  | 'worked'
  | 'workFailed';
/** Something that happened to a container or a host, at its moment in a chart. */
export interface Mark {
  readonly atMs: number;
  readonly kind: MarkKind;
  readonly exitCode: number | null;
  /** What was done there; null for what nobody did. */
  readonly operation: Pick<Operation, 'name' | 'target'> | null;
}

/** A colour of the theme, by the name of its variable. */
export const MARK_COLORS: Readonly<Record<MarkKind, string>> = {
  crashed: '--danger-solid',
  outOfMemory: '--danger-solid',
  ended: '--fg-3',
  stopped: '--fg-3',
  restarted: '--warning-solid',
  deployed: '--accent',
  changed: '--accent',
  lost: '--danger-solid',
  back: '--success-solid',
  worked: '--accent',
  workFailed: '--warning-solid',
};

/** In the order it happened. What an operation ended is told by what it made. */
export function marksOf(ends: readonly ContainerEnd[], versions: readonly ConfigurationVersion[]): Mark[] {
  const ended = ends
    .filter(({ operationId }) => operationId === null)
    .map((end): Mark => ({ atMs: Date.parse(end.endedAt), kind: kindOf(end), exitCode: end.exitCode, operation: null })); // prettier-ignore
  const made = versions.map(({ madeAt, why }): Mark => ({
    atMs: Date.parse(madeAt),
    kind: why === 'deployed' ? 'deployed' : 'changed',
    exitCode: null,
    operation: null,
  }));
  return inOrder([...ended, ...made]);
}

/** What its alerts tell of the engine of a host, and the operations that ended on it. */
export function hostMarksOf(alerts: readonly Alert[], operations: readonly Operation[]): Mark[] {
  const outages = alerts
    .filter(({ rule }) => rule === 'environment_offline')
    .flatMap(({ openedAt, closedAt, end }) => [
      toMark(openedAt, 'lost'),
      ...(closedAt !== null && end === 'recovered' ? [toMark(closedAt, 'back')] : []),
    ]);
  const worked = operations.flatMap(({ state, finishedAt, name, target }) =>
    finishedAt === null || state === 'cancelled'
      ? []
      : [{ ...toMark(finishedAt, state === 'failed' ? 'workFailed' : 'worked'), operation: { name, target } }],
  );
  return inOrder([...outages, ...worked]);
}

const toMark = (at: string, kind: MarkKind): Mark => ({ atMs: Date.parse(at), kind, exitCode: null, operation: null });
const inOrder = (marks: Mark[]): Mark[] => marks.sort((one, other) => one.atMs - other.atMs);

function kindOf({ asked, exitCode, oomKilled }: ContainerEnd): MarkKind {
  if (asked !== null) return asked.action === 'restart' ? 'restarted' : 'stopped';
  if (oomKilled) return 'outOfMemory';
  return exitCode === 0 ? 'ended' : 'crashed';
}

/** Those from a moment on, up to another. */
export const marksIn = (marks: readonly Mark[], fromMs: number, toMs: number): Mark[] =>
  marks.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);

/** How often it began again since then: every end that a run came after. */
export function restartsSince(ends: readonly ContainerEnd[], startedAt: string | null, fromMs: number): number {
  const starts = [...ends.map((end) => end.startedAt), startedAt].flatMap((at) =>
    at === null ? [] : [Date.parse(at)],
  );
  return ends.filter(({ endedAt }) => {
    const endedAtMs = Date.parse(endedAt);
    return endedAtMs >= fromMs && starts.some((startedAtMs) => startedAtMs >= endedAtMs);
  }).length;
}
