import type { ConfigurationVersion, ContainerId, OperationId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT } from '../../kernel/database/columns.js';

/** One configuration a container had, has or is about to get. */
@Entity('container_configurations')
export class ContainerConfigurationRow {
  @PrimaryColumn('varchar') containerId: ContainerId;
  /** From 1, in the order they were made. */
  @PrimaryColumn('int') number: number;
  @Column(JSON_TEXT) spec: object;
  /** The environment, sealed to the container. */
  @Column('text') sealed: string;
  @Column('varchar') why: ConfigurationVersion['why'];
  @Column('varchar') operationId: OperationId;
  @Column('varchar') madeBy: UserId;
  @Column('varchar') madeByName: string;
  @Column(EPOCH_MS) madeAt: number;
  /** Null until its operation came through. */
  @Column(EPOCH_MS_OR_NULL) appliedAt: number | null;
}
