import type { ContainerId, TenantId, TerminalId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

/** A terminal that was written down; what it showed is in a file of its name. */
@Entity('recordings')
export class RecordingRow {
  @PrimaryColumn('varchar') id: TerminalId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') containerId: ContainerId;
  @Column('boolean') root: boolean;
  @Column('varchar') userId: UserId;
  @Column('varchar') userName: string;
  @Column(EPOCH_MS) startedAt: number;
  /** Null while its terminal is open. */
  @Column(EPOCH_MS_OR_NULL) endedAt: number | null;
  @Column('integer') bytes: number;
  @Column('boolean') cut: boolean;
}
