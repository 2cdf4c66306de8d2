import type { AlertId, BlackBox, ContainerId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** What is kept of one end that nobody asked for, as long as its alert. */
@Entity('black_boxes')
export class BlackBoxRow {
  @PrimaryColumn('varchar') alertId: AlertId;
  @PrimaryColumn(EPOCH_MS) at: number;
  @Column('varchar') containerId: ContainerId;
  @Column({ type: 'integer', nullable: true }) exitCode: number | null;
  @Column('boolean') oomKilled: boolean;
  @Column(JSON_TEXT_OR_NULL) limits: BlackBox['limits'];
  @Column(JSON_TEXT_OR_NULL) log: BlackBox['log'];
  @Column(JSON_TEXT_OR_NULL) figures: BlackBox['figures'];
  @Column(JSON_TEXT_OR_NULL) changes: BlackBox['changes'];
}
