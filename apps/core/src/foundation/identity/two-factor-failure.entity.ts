import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

@Entity('two_factor_failures')
export class TwoFactorFailure {
  @PrimaryColumn('varchar') key: string;
  @Column('integer') failures: number;
  @Column(EPOCH_MS) lastTriedAt: number;
  @Column(EPOCH_MS_OR_NULL) lockedUntil: number | null;
}
