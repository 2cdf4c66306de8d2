import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

@Entity('sign_in_failures')
export class SignInFailure {
  @PrimaryColumn('varchar') key: string;
  @Column('integer') failures: number;
  @Column(EPOCH_MS) windowStartedAt: number;
  @Column(EPOCH_MS_OR_NULL) lockedUntil: number | null;
}
