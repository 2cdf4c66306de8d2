import { type Operation, OperationError, type Rights } from '@bailiwick/contract';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import type { Progress } from './operation.js';
import type { StoredOperation } from './operations.store.js';

interface View {
  readonly stored: StoredOperation;
  readonly progress: Progress | null;
  readonly rights: Rights;
  /** The engine's own words are for staff. */
  readonly raw: boolean;
}

/** What crosses the wire. */
export function toOperation({ stored: { row, steps }, progress, rights, raw }: View): Operation {
  const error = row.error ? OperationError.parse(row.error) : null;
  return {
    id: row.id,
    name: row.name,
    state: row.state,
    tenantId: row.tenantId,
    environmentId: row.environmentId,
    target: { containerId: row.containerId, label: row.targetLabel },
    startedBy: { id: row.actorId, displayName: row.actorName },
    createdAt: toIso(row.createdAt),
    startedAt: toIsoOrNull(row.startedAt),
    finishedAt: toIsoOrNull(row.finishedAt),
    steps: steps.map((step) => ({
      name: step.name,
      state: step.state,
      startedAt: toIsoOrNull(step.startedAt),
      finishedAt: toIsoOrNull(step.finishedAt),
      percent: progress?.step === step.name ? progress.percent : null,
      note: progress?.step === step.name ? progress.note : null,
      attempts: step.attempts,
    })),
    error: error && !raw ? withoutRaw(error) : error,
    failedStep: row.failedStep,
    result: row.result,
    rights,
  };
}

function withoutRaw({ raw: _, ...error }: OperationError): OperationError {
  return error;
}
