import type { OperationId, StepState } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_OR_NULL, JSON_TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** The journal: `running` is written before the effect, `done` with its result after. */
@Entity('operation_steps')
export class OperationStepRow {
  @PrimaryColumn({ type: 'varchar' }) operationId: OperationId;
  @PrimaryColumn({ type: 'varchar' }) name: string;
  @Column({ type: 'int' }) position: number;
  @Column({ type: 'varchar' }) state: StepState;
  @Column({ type: 'int' }) attempts: number;
  @Column(JSON_TEXT_OR_NULL) result: object | null;
  @Column(EPOCH_MS_OR_NULL) startedAt: number | null;
  @Column(EPOCH_MS_OR_NULL) finishedAt: number | null;
  /** When its effect was taken back. */
  @Column(EPOCH_MS_OR_NULL) compensatedAt: number | null;
}
