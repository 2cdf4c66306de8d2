import type { AlertId, ChannelId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';
import type { Notice } from './notices.rules.js';

/** What one channel still has to tell of one alert. */
@Entity('alert_notices')
export class NoticeRow {
  @PrimaryColumn('varchar') id: string;
  @Column('varchar') channelId: ChannelId;
  @Column('varchar') alertId: AlertId;
  @Column(JSON_TEXT) notice: Notice;
  /** The message it goes with, from its first try on: the same each time, so that a repeated one is recognised. */
  @Column(TEXT_OR_NULL) messageId: string | null;
  @Column(EPOCH_MS) createdAt: number;
}

/** What one channel was told of one alert last. */
@Entity('alert_told')
export class ToldRow {
  @PrimaryColumn('varchar') channelId: ChannelId;
  @PrimaryColumn('varchar') alertId: AlertId;
  @Column('varchar') state: 'open' | 'closed';
  /** How often it had happened. */
  @Column('integer') count: number;
  @Column(EPOCH_MS) at: number;
}
