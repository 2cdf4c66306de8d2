import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT } from '../../kernel/database/columns.js';

/** In a tenant's database: what the system's has yet to learn. */
@Entity('outbox')
export class OutboxRow {
  @PrimaryGeneratedColumn() seq: number;
  @Column('varchar', { unique: true }) id: string;
  @Column('varchar') kind: string;
  @Column(JSON_TEXT) payload: object;
  @Column(EPOCH_MS) createdAt: number;
}

/** In the system's database: what had its effect and may still stand in an outbox. */
@Entity('outbox_taken')
export class OutboxTaken {
  @PrimaryColumn('varchar') id: string;
  @Column(EPOCH_MS) takenAt: number;
}
