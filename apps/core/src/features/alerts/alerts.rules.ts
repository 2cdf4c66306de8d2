import {
  type Alert,
  ALERT_SEVERITIES,
  type AlertEnd,
  type AlertRule,
  type AlertSilenceId,
  type ContainerStatus,
  type OperationId,
  type Rights,
} from '@bailiwick/contract';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import type { AlertRow } from './alert.entity.js';
import { isThresholdRule } from './thresholds.rules.js';

const MINUTE_MS = 60_000;
/** What happens again so soon after it was over is the same alert. */
const SAME_WITHIN_MS = 10 * MINUTE_MS;
/** What ended before that was seen for the first time is history. */
const NEWS_WITHIN_MS = 24 * 60 * MINUTE_MS;
/** So many ends that nobody asked for, in so long, are a loop; it is over when none came for as long. */
const LOOP_ENDS = 3;
export const LOOP_WITHIN_MS = 10 * MINUTE_MS;
/** What nobody answers and nothing ends is closed then. */
export const OLD_AFTER_MS = 7 * 24 * 60 * MINUTE_MS;

/** The rules that are told by how a container is. */
export type StateRule = 'container_stopped' | 'container_oom' | 'container_unhealthy';
/** What holds now and what does not; what nobody can tell is left out, and stays as it was. */
export type Holding = Partial<Record<StateRule, boolean>>;

const UP: Holding = { container_stopped: false, container_oom: false };

interface Looked {
  readonly status: ContainerStatus;
  /** What is changing it now: how it is meanwhile says nothing. */
  readonly operationId: OperationId | null;
  readonly finishedAtMs: number | null;
}

export function holdingOf({ status, operationId, finishedAtMs }: Looked, first: boolean, nowMs: number): Holding {
  if (operationId !== null) return {};
  const isHistory = first && finishedAtMs !== null && nowMs - finishedAtMs > NEWS_WITHIN_MS;
  switch (status) {
    case 'unknown':
    case 'removing':
    case 'restarting':
      return {};
    case 'starting':
    case 'paused':
      return UP;
    case 'running':
      return { ...UP, container_unhealthy: false };
    case 'unhealthy':
      return { ...UP, container_unhealthy: true };
    case 'created':
    case 'stopped':
      return { ...UP, container_unhealthy: false };
    case 'exited':
      return isHistory ? {} : { container_stopped: true, container_oom: false, container_unhealthy: false };
    case 'killed':
      return isHistory ? {} : { container_stopped: false, container_oom: true, container_unhealthy: false };
  }
}

/** The ends that still count towards a loop. */
export const recentEnds = (endedAtMs: readonly number[], nowMs: number): number[] =>
  endedAtMs.filter((atMs) => nowMs - atMs <= LOOP_WITHIN_MS).slice(-LOOP_ENDS);
export const isLoop = (endedAtMs: readonly number[], nowMs: number): boolean =>
  recentEnds(endedAtMs, nowMs).length >= LOOP_ENDS;

export const keyOf = (rule: AlertRule, thingId: string, more?: string): string =>
  [rule, thingId, ...(more === undefined ? [] : [more])].join(':');

/** How an alert is after the same has happened: undefined where it tells nothing new. */
export function happenedAgain(
  row: AlertRow,
  { atMs, facts, label }: { atMs: number; facts: AlertRow['facts']; label: string },
): Partial<AlertRow> | undefined {
  const isOpen = row.closedAt === null;
  // What is over a number stays so, however often it is read.
  if (isOpen && (atMs <= row.lastAt || isThresholdRule(row.rule))) return undefined;
  const again = { count: row.count + 1, lastAt: Math.max(atMs, row.lastAt), facts, label };
  return isOpen ? again : { ...again, openKey: row.key, closedAt: null, end: null };
}

/** Whether what happens now continues an alert that was closed. */
export const isSame = ({ closedAt, end }: AlertRow, nowMs: number): boolean =>
  closedAt !== null && end === 'recovered' && nowMs - closedAt <= SAME_WITHIN_MS;

export const closing = (end: AlertEnd, nowMs: number): Partial<AlertRow> => ({ openKey: null, closedAt: nowMs, end });

/** A failure is an event: nothing but an answer ends it. */
export const endsByAnswer = ({ rule }: Pick<AlertRow, 'rule'>): boolean => rule === 'operation_failed';

/** That nobody is told of an alert, until when, and by which silence where it is not an answer to the alert alone. */
export interface Silent {
  readonly untilMs: number;
  readonly by: Alert['silence'];
}

/** Of the answer and the silence of what it is in, both of which count. */
export function silentBy(
  { silencedUntil }: Pick<AlertRow, 'silencedUntil'>,
  over:
    | { readonly silence: { readonly id: AlertSilenceId; readonly reason: string }; readonly untilMs: number }
    | undefined,
  nowMs: number,
): Silent | undefined {
  const own = silencedUntil !== null && silencedUntil > nowMs ? silencedUntil : undefined;
  if (!over) return own === undefined ? undefined : { untilMs: own, by: null };
  const { id, reason } = over.silence;
  return { untilMs: Math.max(own ?? 0, over.untilMs), by: { id, reason } };
}

export const toAlert = (row: AlertRow, rights: Rights, silent: Silent | undefined): Alert => ({
  id: row.id,
  rule: row.rule,
  severity: ALERT_SEVERITIES[row.rule],
  thing: { kind: row.thingKind, id: row.thingId },
  label: row.label,
  tenantId: row.tenantId,
  environmentId: row.environmentId,
  containerId: row.containerId,
  state: row.closedAt === null ? 'open' : 'closed',
  count: row.count,
  facts: row.facts,
  openedAt: toIso(row.openedAt),
  lastAt: toIso(row.lastAt),
  closedAt: toIsoOrNull(row.closedAt),
  end: row.end,
  acknowledged:
    row.acknowledgedBy === null || row.acknowledgedAt === null
      ? null
      : {
          by: { id: row.acknowledgedBy, name: row.acknowledgedByName ?? row.acknowledgedBy },
          at: toIso(row.acknowledgedAt),
        },
  silencedUntil: toIsoOrNull(silent?.untilMs ?? null),
  silence: silent?.by ?? null,
  rights,
});
