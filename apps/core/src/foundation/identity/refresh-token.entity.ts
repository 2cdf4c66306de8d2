import type { SessionId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL } from '../../kernel/database/columns.js';

/** What a program gets its next access token for, once. Those of one session are a family: used ones are kept to be known again. */
@Entity('refresh_tokens')
export class RefreshToken {
  @PrimaryColumn('varchar') tokenHash: string;
  @Column('varchar') sessionId: SessionId;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS_OR_NULL) usedAt: number | null;
}
