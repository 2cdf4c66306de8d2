import type { Preset, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';

@Entity('preset_versions')
export class PresetVersionRow {
  @PrimaryColumn('varchar') name: string;
  @PrimaryColumn('integer') number: number;
  /** Of the text of its file. */
  @Column('varchar') digest: string;
  @Column(JSON_TEXT) preset: Preset;
  /** Null for what was there as a file before the first edit. */
  @Column(TEXT_OR_NULL) savedBy: UserId | null;
  @Column(TEXT_OR_NULL) savedByName: string | null;
  @Column(EPOCH_MS) savedAt: number;
}
