import type { ContainerId, OwnThresholdRule, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** A number of a container's own. */
@Entity('container_thresholds')
export class OwnThresholdRow {
  @PrimaryColumn('varchar') containerId: ContainerId;
  @PrimaryColumn('varchar') rule: OwnThresholdRule;
  @Column('integer') percent: number;
  @Column('integer') durationMs: number;
  @Column('varchar') setBy: UserId;
  @Column('varchar') setByName: string;
  @Column(EPOCH_MS) setAt: number;
}
