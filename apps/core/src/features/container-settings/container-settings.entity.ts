import type { ContainerId, SavedSettings, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT } from '../../kernel/database/columns.js';

@Entity('container_settings')
export class ContainerSettingsRow {
  @PrimaryColumn('varchar') containerId: ContainerId;
  @Column(JSON_TEXT) settings: SavedSettings;
  @Column('varchar') savedBy: UserId;
  @Column('varchar') savedByName: string;
  @Column(EPOCH_MS) savedAt: number;
}
