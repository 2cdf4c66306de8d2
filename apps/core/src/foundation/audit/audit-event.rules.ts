import type { AuditEvent } from '@bailiwick/contract';
import * as z from 'zod';
import { invalid } from '../../kernel/errors.js';
import type { AuditEventRow } from './audit-event.entity.js';

const Details = z.record(z.string(), z.unknown());

export const toAuditEvent = (row: AuditEventRow): AuditEvent => ({
  id: row.id,
  seq: row.seq,
  at: new Date(row.at).toISOString(),
  tenantId: row.tenantId,
  actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
  action: row.action,
  target:
    row.targetKind === null || row.targetId === null
      ? null
      : { kind: row.targetKind, id: row.targetId, label: row.targetLabel ?? row.targetId },
  outcome: row.outcome,
  operationId: row.operationId,
  requestId: row.requestId,
  details: Details.parse(JSON.parse(row.details)),
});

/** A cursor is the number of the last row seen; rows never move. */
export const toCursor = (seq: number): string => seq.toString(36);

export function toSeq(cursor: string): number {
  if (!/^[0-9a-z]{1,10}$/.test(cursor))
    throw invalid([{ path: 'cursor', code: 'invalid_cursor', message: 'This cursor is not one of ours.' }]);
  return Number.parseInt(cursor, 36);
}
