import type { AuditEvent } from '@bailiwick/contract';

/** The columns of the table, in their order. */
export const COLUMNS = [
  'seq',
  'at',
  'actorKind',
  'actorId',
  'actorName',
  'via',
  'address',
  'action',
  'targetKind',
  'targetId',
  'targetLabel',
  'outcome',
  'tenantId',
  'operationId',
  'requestId',
  'details',
] as const;

export const toCells = (event: AuditEvent): Record<(typeof COLUMNS)[number], string | number | null> => ({
  seq: event.seq,
  at: event.at,
  actorKind: event.actor.kind,
  actorId: event.actor.id,
  actorName: event.actor.name,
  via: event.via,
  address: event.address,
  action: event.action,
  targetKind: event.target?.kind ?? null,
  targetId: event.target?.id ?? null,
  targetLabel: event.target?.label ?? null,
  outcome: event.outcome,
  tenantId: event.tenantId,
  operationId: event.operationId,
  requestId: event.requestId,
  details: JSON.stringify(event.details),
});
