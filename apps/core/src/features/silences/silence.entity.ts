import type { AlertRule, AlertSilenceId, GrantTarget, SilenceTime, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT, JSON_TEXT_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** Where and when nobody is told of alerts; gone when it is over. */
@Entity('alert_silences')
export class SilenceRow {
  @PrimaryColumn('varchar') id: AlertSilenceId;
  @Column('varchar') reason: string;
  @Column(TEXT_OR_NULL) rule: AlertRule | null;
  /** Null for everywhere. */
  @Column(JSON_TEXT_OR_NULL) scope: GrantTarget | null;
  @Column(JSON_TEXT) time: SilenceTime;
  @Column('varchar') createdBy: UserId;
  @Column('varchar') createdByName: string;
  @Column(EPOCH_MS) createdAt: number;
}
