import type { ContainerEndAction, ContainerId, OperationId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** One run of a container that is over. */
@Entity('container_ends')
export class ContainerEnd {
  @PrimaryColumn('varchar') containerId: ContainerId;
  @PrimaryColumn(EPOCH_MS) finishedAt: number;
  @Column(EPOCH_MS_OR_NULL) startedAt: number | null;
  @Column({ type: 'integer', nullable: true }) exitCode: number | null;
  @Column('boolean') oomKilled: boolean;
  /** Who asked for it here, and how. */
  @Column(TEXT_OR_NULL) askedAction: ContainerEndAction | null;
  @Column(TEXT_OR_NULL) askedById: UserId | null;
  @Column(TEXT_OR_NULL) askedByName: string | null;
  /** What was changing it then. */
  @Column(TEXT_OR_NULL) operationId: OperationId | null;
}
