import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** Somebody's password was right and their code is awaited; no session yet. */
@Entity('two_factor_challenges')
export class TwoFactorChallenge {
  @PrimaryColumn('varchar') hash: string;
  @Column('varchar') userId: UserId;
  @Column('varchar') network: string;
  @Column(EPOCH_MS) expiresAt: number;
}
