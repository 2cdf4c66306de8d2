import type { ConfigurationVersion, ContainerEnd } from '@bailiwick/contract';

export type MarkKind = 'crashed' | 'outOfMemory' | 'ended' | 'stopped' | 'restarted' | 'deployed' | 'changed';
/** Something that happened to a container, at its moment in a chart. */
export interface Mark {
  readonly atMs: number;
  readonly kind: MarkKind;
  readonly exitCode: number | null;
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
};

/** In the order it happened. What an operation ended is told by what it made. */
export function marksOf(ends: readonly ContainerEnd[], versions: readonly ConfigurationVersion[]): Mark[] {
  const ended = ends
    .filter(({ operationId }) => operationId === null)
    .map((end): Mark => ({ atMs: Date.parse(end.endedAt), kind: kindOf(end), exitCode: end.exitCode }));
  const made = versions.map(({ madeAt, why }): Mark => ({
    atMs: Date.parse(madeAt),
    kind: why === 'deployed' ? 'deployed' : 'changed',
    exitCode: null,
  }));
  return [...ended, ...made].sort((one, other) => one.atMs - other.atMs);
}

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
