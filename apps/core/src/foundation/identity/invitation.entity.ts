import type { InvitationId, PlatformRole, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** An account to come, in the database it will live in. */
@Entity('invitations')
export class Invitation {
  @PrimaryColumn('varchar') id: InvitationId;
  /** Null until a link was made. */
  @Column(TEXT_OR_NULL) tokenHash: string | null;
  @Column('varchar') email: string;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar') platformRole: PlatformRole;
  @Column(TEXT_OR_NULL) roleTag: string | null;
  @Column('varchar') state: 'open' | 'accepted' | 'revoked';
  @Column('varchar') invitedBy: UserId;
  @Column('varchar') invitedByName: string;
  @Column(EPOCH_MS) createdAt: number;
  @Column('integer') days: number;
  @Column(EPOCH_MS) expiresAt: number;
  @Column(TEXT_OR_NULL) acceptedBy: UserId | null;
  @Column(EPOCH_MS_OR_NULL) endedAt: number | null;
}
