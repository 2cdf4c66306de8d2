import type { Capability, ContainerId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT } from '../../kernel/database/columns.js';

/** What a role means otherwise on one container. */
@Entity('role_exceptions')
export class RoleExceptionRow {
  @PrimaryColumn('varchar') containerId: ContainerId;
  @PrimaryColumn('varchar') role: string;
  @Column(JSON_TEXT) allow: Capability[];
  @Column(JSON_TEXT) deny: Capability[];
  @Column('varchar') updatedBy: UserId;
  @Column('varchar') updatedByName: string;
  @Column('boolean') byStaff: boolean;
  @Column(EPOCH_MS) updatedAt: number;
  @Column('integer') version: number;
}
