import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT } from '../../kernel/database/columns.js';

/** What staff decided for the whole panel, one row a subject. */
@Entity('settings')
export class Setting {
  @PrimaryColumn('varchar') key: string;
  @Column(JSON_TEXT) value: object;
  @Column('varchar') updatedBy: UserId;
  @Column(EPOCH_MS) updatedAt: number;
}
