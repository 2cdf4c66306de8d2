import type {
  AuditVia,
  ContainerId,
  EnvironmentId,
  OperationId,
  OperationState,
  TenantId,
  UserId,
} from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import {
  EPOCH_MS,
  EPOCH_MS_OR_NULL,
  JSON_TEXT,
  JSON_TEXT_OR_NULL,
  TEXT_OR_NULL,
} from '../../kernel/database/columns.js';

/** Work that outlives the request; readable for ever. */
@Entity('operations')
export class OperationRow {
  @PrimaryColumn({ type: 'varchar' }) id: OperationId;
  @Column({ type: 'varchar' }) name: string;
  @Column({ type: 'varchar' }) state: OperationState;
  @Column({ type: 'varchar' }) tenantId: TenantId;
  @Column(TEXT_OR_NULL) environmentId: EnvironmentId | null;
  @Column(TEXT_OR_NULL) containerId: ContainerId | null;
  @Column({ type: 'varchar' }) targetLabel: string;
  @Column({ type: 'varchar' }) actorId: UserId;
  @Column({ type: 'varchar' }) actorName: string;
  @Column({ type: 'varchar' }) via: AuditVia;
  @Column(TEXT_OR_NULL) address: string | null;
  @Column(TEXT_OR_NULL) ownerId: UserId | null;
  @Column(JSON_TEXT) input: object;
  @Column(JSON_TEXT_OR_NULL) result: object | null;
  /** Set as soon as it is known that this fails: what is left to do is to undo. */
  @Column(JSON_TEXT_OR_NULL) error: object | null;
  @Column(TEXT_OR_NULL) failedStep: string | null;
  @Column(EPOCH_MS_OR_NULL) cancelRequestedAt: number | null;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS_OR_NULL) startedAt: number | null;
  @Column(EPOCH_MS_OR_NULL) finishedAt: number | null;
}
