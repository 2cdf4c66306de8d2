import type { MailFailure } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A mail until a server has taken it, and for thirty days what became of it. It is composed when it is sent. */
@Entity('mails')
export class MailRow {
  @PrimaryColumn('varchar') id: string;
  @Column('varchar') kind: string;
  /** What it is about, sealed to this row; gone when it is over. */
  @Column({ ...TEXT_OR_NULL, type: 'text' }) sealed: string | null;
  /** While it waits, no second one of the same key is taken. */
  @Column({ ...TEXT_OR_NULL, unique: true }) sameAs: string | null;
  @Column('varchar') state: 'waiting' | 'sent' | 'failed';
  @Column('integer') attempts: number;
  @Column(EPOCH_MS) dueAt: number;
  @Column(EPOCH_MS) giveUpAt: number;
  @Column(TEXT_OR_NULL) failure: MailFailure | null;
  /** The server's own words, for staff. */
  @Column(TEXT_OR_NULL) said: string | null;
  @Column(EPOCH_MS_OR_NULL) failedAt: number | null;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS_OR_NULL) finishedAt: number | null;
}
