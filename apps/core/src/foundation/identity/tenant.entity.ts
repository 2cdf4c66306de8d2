import type { TenantId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

@Entity('tenants')
export class Tenant {
  @PrimaryColumn('varchar') id: TenantId;
  @Column('varchar', { unique: true }) slug: string;
  @Column('varchar') name: string;
  @Column(EPOCH_MS) createdAt: number;
  /** Nobody of an archived tenant signs in; everything of theirs stays. */
  @Column(EPOCH_MS_OR_NULL) archivedAt: number | null;
}
