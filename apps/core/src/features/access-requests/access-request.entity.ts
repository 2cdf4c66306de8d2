import type {
  AccessRequestId,
  AccessRequestState,
  Capability,
  GrantId,
  GrantTargetKind,
  TenantId,
  UserId,
} from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** Somebody asks for rights on something they see. */
@Entity('access_requests')
export class AccessRequestRow {
  @PrimaryColumn('varchar') id: AccessRequestId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') userId: UserId;
  @Column('varchar') targetKind: GrantTargetKind;
  @Column('varchar') targetId: string;
  @Column(JSON_TEXT) capabilities: Capability[];
  @Column('varchar') reason: string;
  @Column(EPOCH_MS_OR_NULL) durationMs: number | null;
  @Column('varchar') state: Exclude<AccessRequestState, 'expired'>;
  @Column(EPOCH_MS) createdAt: number;
  /** From then on it is too late to answer. */
  @Column(EPOCH_MS) expiresAt: number;
  @Column(TEXT_OR_NULL) decidedBy: UserId | null;
  @Column(TEXT_OR_NULL) decidedByName: string | null;
  @Column(EPOCH_MS_OR_NULL) decidedAt: number | null;
  @Column(TEXT_OR_NULL) note: string | null;
  @Column(TEXT_OR_NULL) grantId: GrantId | null;
}
