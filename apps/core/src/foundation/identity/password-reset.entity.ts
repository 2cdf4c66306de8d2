import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** Leave to choose a new password: by a link, and for two minutes by a code as well. */
@Entity('password_resets')
export class PasswordReset {
  @PrimaryColumn('varchar') tokenHash: string;
  @Column('varchar') userId: UserId;
  @Column(TEXT_OR_NULL) codeHash: string | null;
  @Column(EPOCH_MS_OR_NULL) codeExpiresAt: number | null;
  /** Wrong codes that were tried. */
  @Column('integer') codeTries: number;
  @Column(EPOCH_MS) expiresAt: number;
  /** It went to the address of the account: whoever has it reads what is sent there. */
  @Column('boolean') mailed: boolean;
}
