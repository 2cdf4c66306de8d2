import type { ExternalIdentityId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS } from '../../kernel/database/columns.js';

/** Who somebody is elsewhere. In the system's database: it has to be found before anybody knows whose it is. */
@Entity('external_identities')
export class ExternalIdentity {
  @PrimaryColumn('varchar') id: ExternalIdentityId;
  @Column('varchar') issuer: string;
  /** The provider's own, unchanging name of them. */
  @Column('varchar') subject: string;
  @Column('varchar') userId: UserId;
  @Column(EPOCH_MS) createdAt: number;
}
