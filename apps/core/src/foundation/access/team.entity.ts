import type { TeamId, TenantId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** People of one tenant who are given things together. */
@Entity('teams')
export class TeamRow {
  @PrimaryColumn('varchar') id: TeamId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') name: string;
  /** The name without case: unique in its tenant. */
  @Column('varchar') nameKey: string;
  @Column('varchar') description: string;
  @Column('integer') priority: number;
  @Column(EPOCH_MS) createdAt: number;
}
