import type { ContainerId, EnvironmentId, ProjectId, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

@Entity('containers')
export class ContainerRow {
  @PrimaryColumn('varchar') id: ContainerId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') environmentId: EnvironmentId;
  /** Null while a deploy has not created it yet. */
  @Column(TEXT_OR_NULL) engineId: string | null;
  @Column('varchar') name: string;
  @Column('boolean') managed: boolean;
  @Column(TEXT_OR_NULL) ownerId: UserId | null;
  @Column(TEXT_OR_NULL) ownerName: string | null;
  @Column(TEXT_OR_NULL) preset: string | null;
  /** Which project of its tenant it belongs to. */
  @Column(TEXT_OR_NULL) projectId: ProjectId | null;
  /** The answered preset as deployed; kept after a delete. */
  @Column(JSON_TEXT_OR_NULL) configuration: unknown;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS_OR_NULL) removedAt: number | null;
}
