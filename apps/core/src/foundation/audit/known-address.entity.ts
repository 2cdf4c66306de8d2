import type { UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** Where a person has come from. */
@Entity('known_addresses')
export class KnownAddress {
  @PrimaryColumn('varchar') userId: UserId;
  @PrimaryColumn('varchar') address: string;
  @Column(EPOCH_MS) firstSeenAt: number;
  @Column(EPOCH_MS) lastSeenAt: number;
}
