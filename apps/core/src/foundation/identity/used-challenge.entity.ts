import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** A challenge somebody came back with; kept while it would still be believed, so that nobody comes with it again. */
@Entity('used_challenges')
export class UsedChallenge {
  @PrimaryColumn('varchar') hash: string;
  @Column(EPOCH_MS) expiresAt: number;
}
