import type { DraftId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A deployment that is not finished, of nobody but its person. */
@Entity('drafts')
export class DraftRow {
  @PrimaryColumn('varchar') id: DraftId;
  @Column('varchar') ownerId: UserId;
  @Column(TEXT_OR_NULL) preset: string | null;
  @Column('varchar') title: string;
  @Column('varchar') name: string;
  /** The form, sealed to the draft. */
  @Column('text') sealed: string;
  @Column('integer') version: number;
  @Column(EPOCH_MS) savedAt: number;
}
