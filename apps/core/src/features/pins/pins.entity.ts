import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody wants at hand. */
@Entity('pins')
export class PinsRow {
  @PrimaryColumn('varchar') userId: UserId;
  /** JSON of the ids of containers, in their order. */
  @Column('text') containers: string;
}
