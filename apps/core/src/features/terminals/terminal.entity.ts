import type { ContainerId, EnvironmentId, TenantId, TerminalId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** A terminal that is open, so that the next core can end what this one left. */
@Entity('terminals')
export class TerminalRow {
  @PrimaryColumn('varchar') id: TerminalId;
  @Column('varchar') environmentId: EnvironmentId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') containerId: ContainerId;
  /** The container of the engine it is in, which may have been made anew since. */
  @Column('varchar') engineId: string;
  @Column('varchar') execId: string;
  @Column('integer') pid: number;
  @Column('boolean') root: boolean;
  @Column('varchar') userId: UserId;
  @Column(EPOCH_MS) openedAt: number;
}
