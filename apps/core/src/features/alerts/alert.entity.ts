import type { Alert, AlertEnd, AlertFacts, AlertId, AlertRule, ContainerId, EnvironmentId, TenantId, UserId } from '@bailiwick/contract'; // prettier-ignore
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** Something that needs somebody; what is closed is kept for thirty days. */
@Entity('alerts')
export class AlertRow {
  @PrimaryColumn('varchar') id: AlertId;
  /** The rule and the thing: the same when the same happens again. */
  @Column('varchar') key: string;
  /** The key while it is open, so that there is one; null from then on. */
  @Column({ ...TEXT_OR_NULL, unique: true }) openKey: string | null;
  @Column('varchar') rule: AlertRule;
  @Column('varchar') thingKind: Alert['thing']['kind'];
  @Column('varchar') thingId: string;
  @Column('varchar') label: string;
  @Column(TEXT_OR_NULL) tenantId: TenantId | null;
  @Column(TEXT_OR_NULL) environmentId: EnvironmentId | null;
  @Column(TEXT_OR_NULL) containerId: ContainerId | null;
  /** Who started what failed. */
  @Column(TEXT_OR_NULL) userId: UserId | null;
  @Column('integer') count: number;
  @Column(JSON_TEXT) facts: AlertFacts;
  @Column(EPOCH_MS) openedAt: number;
  @Column(EPOCH_MS) lastAt: number;
  @Column(EPOCH_MS_OR_NULL) closedAt: number | null;
  @Column({ ...TEXT_OR_NULL, name: 'ending' }) end: AlertEnd | null;
  @Column(EPOCH_MS_OR_NULL) acknowledgedAt: number | null;
  @Column(TEXT_OR_NULL) acknowledgedBy: UserId | null;
  @Column(TEXT_OR_NULL) acknowledgedByName: string | null;
  /** Nobody is told of it until then. */
  @Column(EPOCH_MS_OR_NULL) silencedUntil: number | null;
}
