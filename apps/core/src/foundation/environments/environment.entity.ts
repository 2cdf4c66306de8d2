import type { Environment, EnvironmentId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

@Entity('environments')
export class EnvironmentRow {
  @PrimaryColumn('varchar') id: EnvironmentId;
  @Column('varchar') slug: string;
  @Column('varchar') name: string;
  @Column('varchar') kind: Environment['kind'];
  @Column(EPOCH_MS) createdAt: number;
}
