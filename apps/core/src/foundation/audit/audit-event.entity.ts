import type { AuditEvent, AuditEventId, AuditVia, OperationId, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** Append-only: nothing in the core updates one, and only retention takes rows away, from the beginning. */
@Entity('audit_events')
export class AuditEventRow {
  @PrimaryColumn('varchar') id: AuditEventId;
  @Column('integer', { unique: true }) seq: number;
  @Column(EPOCH_MS) at: number;
  @Column(TEXT_OR_NULL) tenantId: TenantId | null;
  @Column('varchar') actorKind: AuditEvent['actor']['kind'];
  @Column(TEXT_OR_NULL) actorId: UserId | null;
  @Column('varchar') actorName: string;
  @Column('varchar') via: AuditVia;
  @Column(TEXT_OR_NULL) address: string | null;
  @Column('varchar') action: string;
  @Column(TEXT_OR_NULL) targetKind: string | null;
  @Column(TEXT_OR_NULL) targetId: string | null;
  @Column(TEXT_OR_NULL) targetLabel: string | null;
  @Column('varchar') outcome: AuditEvent['outcome'];
  @Column(TEXT_OR_NULL) operationId: OperationId | null;
  @Column(TEXT_OR_NULL) requestId: string | null;
  /** Canonical JSON, kept as the text that was hashed. */
  @Column('text') details: string;
  @Column('varchar') previousHash: string;
  @Column('varchar') hash: string;
}
