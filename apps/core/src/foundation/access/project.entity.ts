import type { ProjectId, Quota, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A named group of containers inside a tenant. */
@Entity('projects')
export class ProjectRow {
  @PrimaryColumn('varchar') id: ProjectId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') name: string;
  /** The name without case: unique among the active ones of its tenant. */
  @Column('varchar') nameKey: string;
  @Column('varchar') description: string;
  @Column(JSON_TEXT) tags: string[];
  /** Whoever made it. */
  @Column(TEXT_OR_NULL) ownerId: UserId | null;
  @Column('varchar') defaultRole: string;
  @Column(JSON_TEXT) quota: Quota;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS_OR_NULL) archivedAt: number | null;
}
