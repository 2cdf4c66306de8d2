import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

/** One of somebody's codes for the day the app is lost; only its hash is kept. */
@Entity('recovery_codes')
export class RecoveryCodeRow {
  @PrimaryColumn('varchar') id: string;
  @Column('varchar') userId: UserId;
  @Column('varchar') hash: string;
  @Column(EPOCH_MS_OR_NULL) usedAt: number | null;
}
