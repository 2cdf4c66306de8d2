import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

@Entity('setup_claims')
export class SetupClaim {
  @PrimaryColumn('varchar') id: 'owner';
  @Column('varchar') userId: UserId;
  @Column(EPOCH_MS) claimedAt: number;
}
