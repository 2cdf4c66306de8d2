import type { TenantId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** In a tenant's database: whose it is. */
@Entity('tenant')
export class TenantMark {
  @PrimaryColumn('varchar') id: TenantId;
  @Column('varchar') slug: string;
  @Column('varchar') name: string;
  @Column(EPOCH_MS) createdAt: number;
}
