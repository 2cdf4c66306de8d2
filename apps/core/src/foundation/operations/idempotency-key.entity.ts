import type { OperationId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** What a key was used for, and what was answered. */
@Entity('idempotency_keys')
export class IdempotencyKeyRow {
  @PrimaryColumn({ type: 'varchar' }) actorId: UserId;
  @PrimaryColumn({ type: 'varchar' }) key: string;
  @Column({ type: 'varchar' }) route: string;
  @Column({ type: 'varchar' }) bodyHash: string;
  /** `{body}` once answered. */
  @Column(JSON_TEXT_OR_NULL) answer: object | null;
  /** Written in the transaction that accepts the operation: this key has had its effect. */
  @Column(TEXT_OR_NULL) operationId: OperationId | null;
  @Column(EPOCH_MS) createdAt: number;
}
