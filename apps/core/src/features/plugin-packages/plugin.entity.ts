import type { PluginConsent, PluginId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** What was decided about a plugin; it stays while its folder is away. */
@Entity('plugins')
export class PluginRow {
  @PrimaryColumn('varchar') id: PluginId;
  /** Its folder's. */
  @Column('varchar') name: string;
  @Column('boolean') isEnabled: boolean;
  /** Why the core itself disabled it; null where a person did, or nobody. */
  @Column(TEXT_OR_NULL) disabledBecause: string | null;
  @Column(JSON_TEXT_OR_NULL) consent: PluginConsent | null;
  /** Sealed: there may be secrets in it. */
  @Column({ type: 'text', nullable: true }) settings: string | null;
  /** The user its process is, where the core is root. */
  @Column('integer') uid: number;
  @Column(EPOCH_MS) updatedAt: number;
}
