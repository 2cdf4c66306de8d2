import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** What people can be in their tenant. */
@Entity('identity_roles')
export class IdentityRole {
  @PrimaryColumn('varchar') name: string;
  @Column('varchar') description: string;
  @Column(TEXT_OR_NULL) updatedBy: UserId | null;
  @Column(EPOCH_MS) updatedAt: number;
}
