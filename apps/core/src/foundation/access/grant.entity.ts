import type { Capability, GrantId, GrantTargetKind, TeamId, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A right that was handed on: at most one for each principal on each target. */
@Entity('grants')
export class GrantRow {
  @PrimaryColumn('varchar') id: GrantId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') principalKind: 'user' | 'team';
  @Column('varchar') principalId: UserId | TeamId;
  @Column('varchar') targetKind: GrantTargetKind;
  @Column('varchar') targetId: string;
  @Column(TEXT_OR_NULL) role: string | null;
  @Column(JSON_TEXT) allow: Capability[];
  @Column(JSON_TEXT) deny: Capability[];
  @Column(JSON_TEXT) lent: Array<{
    capability: Capability;
    untilMs: number;
    by: UserId;
    byName: string;
    byStaff: boolean;
  }>;
  @Column(TEXT_OR_NULL) reason: string | null;
  @Column('varchar') grantedBy: UserId;
  @Column('varchar') grantedByName: string;
  @Column('boolean') byStaff: boolean;
  @Column(EPOCH_MS) grantedAt: number;
  @Column(EPOCH_MS_OR_NULL) expiresAt: number | null;
  /** When its end was written down; null until then. */
  @Column(EPOCH_MS_OR_NULL) endedAt: number | null;
  @Column('integer') version: number;
}
