import type { Appearance, PlatformRole, TenantId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT_OR_NULL } from '../../kernel/database/columns.js';

@Entity('users')
export class User {
  @PrimaryColumn('varchar') id: UserId;
  @Column('varchar') tenantId: TenantId;
  @Column('varchar', { unique: true }) username: string;
  @Column('varchar') displayName: string;
  @Column('varchar') platformRole: PlatformRole;
  @Column('varchar') passwordHash: string;
  @Column('boolean') active: boolean;
  @Column(JSON_TEXT_OR_NULL) appearance: Appearance | null;
  @Column('integer') rightsVersion: number;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS) updatedAt: number;
  @Column(EPOCH_MS_OR_NULL) lastSignInAt: number | null;
}
