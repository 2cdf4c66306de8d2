import type { PasskeyId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT } from '../../kernel/database/columns.js';

/** What is known of somebody's passkey: its public half. */
@Entity('passkeys')
export class PasskeyRow {
  @PrimaryColumn('varchar') id: PasskeyId;
  @Column('varchar') userId: UserId;
  /** The authenticator's own name of it, base64url. */
  @Column('varchar') credentialId: string;
  @Column('text') publicKey: string;
  /** The last one seen; it only ever rises, or stays 0 with authenticators that do not count. */
  @Column(EPOCH_MS) counter: number;
  @Column(JSON_TEXT) transports: string[];
  /** The host name it was made for. */
  @Column('varchar') site: string;
  @Column('varchar') name: string;
  @Column('boolean') synced: boolean;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS_OR_NULL) lastUsedAt: number | null;
}
