import type { PluginId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** A value that a plugin keeps for itself, sealed: it may well be a secret. */
@Entity('plugin_values')
export class PluginValueRow {
  @PrimaryColumn('varchar') pluginId: PluginId;
  @PrimaryColumn('varchar') key: string;
  @Column('text') value: string;
  @Column(EPOCH_MS) updatedAt: number;
}
