import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

/** The secret somebody shares with an app. Not asked for until a code of it was confirmed. */
@Entity('two_factor')
export class TwoFactor {
  @PrimaryColumn('varchar') userId: UserId;
  @Column('varchar') sealed: string;
  @Column(EPOCH_MS_OR_NULL) confirmedAt: number | null;
  /** The time step of the last code that was accepted; neither it nor an older one is accepted again. */
  @Column(EPOCH_MS) lastStep: number;
}
