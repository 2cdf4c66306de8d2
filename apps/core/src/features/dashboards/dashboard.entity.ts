import type { DashboardId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** What somebody put together to look at. */
@Entity('dashboards')
export class DashboardRow {
  @PrimaryColumn('varchar') id: DashboardId;
  @Column('varchar') ownerId: UserId;
  @Column('varchar') name: string;
  /** JSON of its widgets, in their order. */
  @Column('text') widgets: string;
  @Column('boolean') shared: boolean;
  @Column('integer') version: number;
  @Column(EPOCH_MS) savedAt: number;
}
