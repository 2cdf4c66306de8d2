import type { ContainerId, EnvironmentId, OperationId, TenantId, UserId, VolumeId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A volume a deploy made, from the accepted deploy until its data is deleted. */
@Entity('volumes')
export class VolumeRow {
  @PrimaryColumn('varchar') id: VolumeId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') environmentId: EnvironmentId;
  /** What the engine calls it. */
  @Column('varchar') name: string;
  /** What its preset calls it. */
  @Column('varchar') label: string;
  @Column('varchar') target: string;
  /** Whose data it is now; null while it is kept for nobody. */
  @Column(TEXT_OR_NULL) containerId: ContainerId | null;
  /** Who has it, or had it last. */
  @Column('varchar') containerName: string;
  @Column(TEXT_OR_NULL) ownerId: UserId | null;
  @Column(TEXT_OR_NULL) ownerName: string | null;
  /** The deploy that made it. */
  @Column('varchar') operationId: OperationId;
  /** What is taking it away right now: nobody else gets it meanwhile. */
  @Column(TEXT_OR_NULL) removalId: OperationId | null;
  @Column(EPOCH_MS) madeAt: number;
  /** Since when it is kept; stays until a deploy that took it over is done. */
  @Column(EPOCH_MS_OR_NULL) detachedAt: number | null;
  @Column(EPOCH_MS_OR_NULL) removedAt: number | null;
}
