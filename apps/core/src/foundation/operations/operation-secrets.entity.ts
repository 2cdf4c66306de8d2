import type { OperationId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** Secrets an operation needs or generated, sealed to its id. */
@Entity('operation_secrets')
export class OperationSecretsRow {
  @PrimaryColumn({ type: 'varchar' }) operationId: OperationId;
  @Column({ type: 'text' }) sealed: string;
  @Column(EPOCH_MS) expiresAt: number;
}
