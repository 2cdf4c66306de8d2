import type { Capability, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A named set of capabilities. */
@Entity('identity_roles')
export class RoleRow {
  @PrimaryColumn('varchar') name: string;
  @Column('varchar') description: string;
  @Column(JSON_TEXT) capabilities: Capability[];
  @Column('boolean') builtIn: boolean;
  @Column(TEXT_OR_NULL) updatedBy: UserId | null;
  @Column(EPOCH_MS) updatedAt: number;
}
