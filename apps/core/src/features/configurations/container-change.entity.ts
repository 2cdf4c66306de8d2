import type { ChangeConfiguration, ContainerId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, JSON_TEXT } from '../../kernel/database/columns.js';

/** What was saved to be different about a container and is not applied yet. */
@Entity('container_changes')
export class ContainerChangeRow {
  @PrimaryColumn('varchar') containerId: ContainerId;
  /** Without the values of the environment. */
  @Column(JSON_TEXT) change: ChangeConfiguration;
  /** Those values, sealed to the container. */
  @Column('text') sealed: string;
  @Column('varchar') savedBy: UserId;
  @Column('varchar') savedByName: string;
  @Column(EPOCH_MS) savedAt: number;
}
