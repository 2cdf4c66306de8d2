import type { Capability, OperationError, OperationState } from '@bailiwick/contract';
import { isAppError } from '../../kernel/errors.js';
import type { Target } from '../access/access.rules.js';
import type { Actor } from '../access/actor.js';
import type { AuditEntry } from '../audit/audit.service.js';
import type { OperationRow } from './operation.entity.js';

type Starter = Pick<OperationRow, 'actorId' | 'actorName' | 'tenantId' | 'via' | 'address'>;

/** Whoever started it, as the audit trail names them. */
export const starterOf = ({ actorId, actorName, tenantId, via, address }: Starter): AuditEntry['actor'] => ({
  kind: 'user',
  userId: actorId,
  displayName: actorName,
  tenantId,
  via,
  ...(address === null ? {} : { address }),
});

/** Where an operation may go from each state; the finished ones go nowhere. */
const NEXT: Readonly<Record<OperationState, readonly OperationState[]>> = {
  queued: ['running', 'cancelling', 'failed'],
  running: ['cancelling', 'done', 'failed'],
  cancelling: ['cancelled', 'failed'],
  done: [],
  failed: [],
  cancelled: [],
};

export type Outcome = Extract<OperationState, 'done' | 'failed' | 'cancelled'>;
export const ACTIVE_STATES = ['queued', 'running', 'cancelling'] as const satisfies readonly OperationState[];

export const isFinished = (state: OperationState): boolean => NEXT[state].length === 0;
export const isOutcome = (state: OperationState): state is Outcome => isFinished(state);
export const canBecome = (from: OperationState, to: OperationState): boolean => NEXT[from].includes(to);

export function assertTransition(from: OperationState, to: OperationState): void {
  if (!canBecome(from, to)) throw new Error(`An operation cannot go from ${from} to ${to}.`);
}

/** What is kept of a failure. A bug keeps its words for the log, not for the reader. */
export function toOperationError(error: unknown): OperationError {
  if (!isAppError(error)) return { code: 'internal', message: 'Something broke on our side. The log has the details.' };
  return {
    code: error.code,
    message: error.message,
    ...(error.hint ? { hint: error.hint } : {}),
    ...(error.params ? { params: error.params } : {}),
    ...(error.raw ? { raw: error.raw } : {}),
  };
}

/** Whom it concerns: whoever owns the thing, else whoever started it; and who was given something on what it is about. */
export const targetOf = (
  { tenantId, actorId, ownerId, containerId }: OperationRow,
  actor: Actor,
  about: Pick<Target, 'stack' | 'projectId' | 'environmentId'> = {},
): Target => ({
  tenantId,
  containerId,
  stack: about.stack ?? null,
  projectId: about.projectId ?? null,
  // Work on the whole of a tenant or an environment is not about the things in it.
  environmentId: containerId === null ? null : (about.environmentId ?? null),
  ownerId: ownerId === actor.userId ? ownerId : actorId,
});

/** What the state leaves possible, whatever the rights. */
export function whyNot(
  capability: Capability,
  row: OperationRow,
  can: { cancel: boolean; retry: boolean },
): string | null {
  if (capability === 'operations.cancel') {
    if (isFinished(row.state)) return 'finished';
    if (row.cancelRequestedAt !== null) return 'cancelling';
    if (!can.cancel && row.state !== 'queued') return 'not_cancellable';
  }
  if (capability === 'operations.retry') {
    if (row.state !== 'failed' && row.state !== 'cancelled') return 'not_failed';
    if (!can.retry) return 'not_retryable';
  }
  return null;
}
