import type { BackgroundOutcome, CommandId, ContainerId, EnvironmentId, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A command that runs in the background, or did. */
@Entity('background_commands')
export class BackgroundCommandRow {
  @PrimaryColumn('varchar') id: CommandId;
  @Column('varchar') environmentId: EnvironmentId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') containerId: ContainerId;
  /** The container of the engine it is in, which may have been made anew since. */
  @Column('varchar') engineId: string;
  /** Null while it is not known to have started. */
  @Column(TEXT_OR_NULL) execId: string | null;
  @Column({ type: 'integer', nullable: true }) pid: number | null;
  @Column(TEXT_OR_NULL) born: string | null;
  @Column('text') command: string;
  @Column('varchar') userId: UserId;
  @Column('varchar') userName: string;
  @Column(EPOCH_MS) startedAt: number;
  @Column(EPOCH_MS_OR_NULL) endedAt: number | null;
  @Column(TEXT_OR_NULL) outcome: BackgroundOutcome | null;
  @Column({ type: 'integer', nullable: true }) exitCode: number | null;
  @Column(EPOCH_MS_OR_NULL) unheardSince: number | null;
}
