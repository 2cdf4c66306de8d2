import {
  type AccessRequest,
  type AccessRequestState,
  type Capability,
  GrantTarget,
  type Rights,
} from '@bailiwick/contract';
import { toIso, toIsoOrNull } from '../../kernel/clock.js';
import { conflict } from '../../kernel/errors.js';
import type { AccessRequestRow } from './access-request.entity.js';

/** How long somebody may take to answer. */
export const ANSWER_WITHIN_MS = 14 * 86_400_000;
/** More at once would be noise. */
export const MOST_PENDING = 20;

export const targetOf = ({ targetKind, targetId }: AccessRequestRow): GrantTarget =>
  GrantTarget.parse({ kind: targetKind, id: targetId });

export const stateOf = ({ state, expiresAt }: AccessRequestRow, nowMs: number): AccessRequestState =>
  state === 'pending' && expiresAt <= nowMs ? 'expired' : state;

/** 409 for what was answered or taken back already. */
export function assertPending(row: AccessRequestRow, nowMs: number): void {
  const state = stateOf(row, nowMs);
  if (state !== 'pending')
    throw conflict('wrong_state', `This request is ${state} already.`, { params: { state, by: row.decidedByName } });
}

/** Who answers sees what they may answer with; who asked may take it back. */
export function rightsOf(state: AccessRequestState, may: { decide: boolean; withdraw: boolean }): Rights {
  const can: Capability[] = [];
  if (state === 'pending' && may.decide) can.push('containers.manageAccess');
  if (state === 'pending' && may.withdraw) can.push('account.manage');
  return { can, why: {} };
}

export const toShown = (
  row: AccessRequestRow,
  called: { userName: string; targetName: string | null; rights: Rights },
  nowMs: number,
): AccessRequest => ({
  id: row.id,
  user: { id: row.userId, name: called.userName },
  target: targetOf(row),
  targetName: called.targetName,
  capabilities: row.capabilities,
  reason: row.reason,
  durationMs: row.durationMs,
  state: stateOf(row, nowMs),
  createdAt: toIso(row.createdAt),
  decidedBy: row.decidedBy === null ? null : { id: row.decidedBy, name: row.decidedByName ?? row.decidedBy },
  decidedAt: toIsoOrNull(row.decidedAt),
  note: row.note,
  grantId: row.grantId,
  rights: called.rights,
});
