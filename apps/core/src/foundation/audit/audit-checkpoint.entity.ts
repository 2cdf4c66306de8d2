import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** The last row that was removed from the beginning of the chain; there is one of these at most. */
@Entity('audit_checkpoints')
export class AuditCheckpoint {
  @PrimaryColumn('varchar') id: 'beginning';
  @Column('integer') seq: number;
  @Column('varchar') hash: string;
  @Column(EPOCH_MS) at: number;
  @Column('varchar') signature: string;
}
