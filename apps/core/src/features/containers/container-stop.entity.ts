import type { ContainerId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** The end of a run that somebody asked for here: the exit code of such an end is no error. */
@Entity('container_stops')
export class ContainerStop {
  @PrimaryColumn('varchar') containerId: ContainerId;
  /** As the engine tells it; another end of the same container has another moment. */
  @Column(EPOCH_MS) finishedAt: number;
}
