import type { Appearance, PlatformRole, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

@Entity('users')
export class User {
  @PrimaryColumn('varchar') id: UserId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar', { unique: true }) username: string;
  @Column('varchar') displayName: string;
  @Column({ ...TEXT_OR_NULL, unique: true }) email: string | null;
  /** When its person showed that they read what is sent there. */
  @Column(EPOCH_MS_OR_NULL) emailVerifiedAt: number | null;
  @Column('varchar') platformRole: PlatformRole;
  /** What a person is in their tenant: a name of the role catalogue. */
  @Column(TEXT_OR_NULL) roleTag: string | null;
  /** Null until its person has chosen a password. */
  @Column(TEXT_OR_NULL) passwordHash: string | null;
  @Column('boolean') active: boolean;
  @Column(JSON_TEXT_OR_NULL) appearance: Appearance | null;
  @Column('integer') rightsVersion: number;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS) updatedAt: number;
  @Column(EPOCH_MS_OR_NULL) lastSignInAt: number | null;
}
