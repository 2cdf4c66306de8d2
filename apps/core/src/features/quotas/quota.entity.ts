import type { Quota, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT } from '../../kernel/database/columns.js';

/** How much a tenant or a person may take; a project's stands with the project. */
@Entity('quotas')
export class QuotaRow {
  @PrimaryColumn('varchar') subject: TenantId | UserId;
  @Column(JSON_TEXT) quota: Quota;
  @Column('varchar') updatedBy: UserId;
  @Column(EPOCH_MS) updatedAt: number;
}
