import type { AuditEvent, UserId } from '@bailiwick/contract';
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
  via: row.via,
  address: row.address,
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

/** Where somebody else came from is staff's business, also for whom it was done to. */
export const withoutForeignAddress = (event: AuditEvent, reader: UserId): AuditEvent =>
  event.actor.kind === 'user' && event.actor.id !== reader ? { ...event, address: null } : event;

const KINDS: Readonly<Record<string, string>> = {
  ct: 'container',
  env: 'environment',
  op: 'operation',
  ses: 'session',
  ten: 'tenant',
  usr: 'user',
  aud: 'event',
};

/** What an id in a refused request names; null for what is no id of ours. */
export function refusedTarget(id: unknown): { kind: string; id: string; label: string } | null {
  if (typeof id !== 'string' || !/^[a-z]+_[a-z2-7]{16}$/.test(id)) return null;
  const kind = KINDS[id.slice(0, id.indexOf('_'))];
  return kind === undefined ? null : { kind, id, label: id };
}

/** A cursor is the number of the last row seen; rows never move. */
export const toCursor = (seq: number): string => seq.toString(36);

export function toSeq(cursor: string): number {
  if (!/^[0-9a-z]{1,10}$/.test(cursor))
    throw invalid([{ path: 'cursor', code: 'invalid_cursor', message: 'This cursor is not one of ours.' }]);
  return Number.parseInt(cursor, 36);
}
