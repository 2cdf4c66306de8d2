import type { AlertRule, ChannelFailure, ChannelId, ChannelKind, TenantId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** By what people are told of alerts, and how that is going. */
@Entity('alert_channels')
export class ChannelRow {
  @PrimaryColumn('varchar') id: ChannelId;
  @Column('varchar') name: string;
  /** Lower case, so that no two look the same. */
  @Column({ type: 'varchar', unique: true }) nameKey: string;
  @Column('varchar') kind: ChannelKind;
  /** All it is set to, sealed to this row. */
  @Column('text') sealed: string;
  @Column(JSON_TEXT_OR_NULL) rules: AlertRule[] | null;
  @Column(TEXT_OR_NULL) tenantId: TenantId | null;
  /** Set up by who manages that tenant. */
  @Column('boolean') delegated: boolean;
  @Column('boolean') recoveries: boolean;
  @Column('boolean') enabled: boolean;
  @Column(EPOCH_MS) createdAt: number;
  /** What opened before it was switched on is not told. */
  @Column(EPOCH_MS) since: number;
  /** Tries in a row that failed. */
  @Column('integer') attempts: number;
  /** When the next message may be tried. */
  @Column(EPOCH_MS) dueAt: number;
  /** What was given up, which the next message tells. */
  @Column('integer') lost: number;
  @Column(EPOCH_MS_OR_NULL) lastSentAt: number | null;
  @Column(TEXT_OR_NULL) failure: ChannelFailure | null;
  @Column({ type: 'integer', nullable: true }) status: number | null;
  /** The receiver's own words, for staff. */
  @Column(TEXT_OR_NULL) said: string | null;
  @Column(EPOCH_MS_OR_NULL) failedAt: number | null;
}
