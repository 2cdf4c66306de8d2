import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

@Entity('archived_presets')
export class ArchivedPresetRow {
  @PrimaryColumn('varchar') name: string;
  @Column('varchar') archivedBy: UserId;
  @Column('varchar') archivedByName: string;
  @Column(EPOCH_MS) archivedAt: number;
}
