import type { DraftId, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody a draft is shared with, for as long as they and its owner are in that tenant and may deploy. */
@Entity('draft_people')
export class DraftPersonRow {
  @PrimaryColumn('varchar') draftId: DraftId;
  @PrimaryColumn('varchar') userId: UserId;
  @Column('varchar') tenantId: TenantId;
}
