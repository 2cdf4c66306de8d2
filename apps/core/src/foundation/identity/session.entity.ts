import type { PasskeyId, SessionId, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, TEXT_OR_NULL } from '../../kernel/database/columns.js';

@Entity('sessions')
export class Session {
  @PrimaryColumn('varchar') id: SessionId;
  @Column('varchar') kind: 'browser' | 'program';
  /** Null for a program: it has refresh tokens instead of a cookie. */
  @Column({ ...TEXT_OR_NULL, unique: true }) tokenHash: string | null;
  @Column('varchar') userId: UserId;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS) lastUsedAt: number;
  @Column(EPOCH_MS) idleEndsAt: number;
  @Column(EPOCH_MS) endsAt: number;
  @Column(EPOCH_MS_OR_NULL) revokedAt: number | null;
  /** When its person last proved again who they are. */
  @Column(EPOCH_MS_OR_NULL) steppedUpAt: number | null;
  /** The passkey they signed in with, or proved themselves with since. */
  @Column(TEXT_OR_NULL) passkeyId: PasskeyId | null;
  /** Through whose eyes its person looks for now. */
  @Column(TEXT_OR_NULL) viewAs: UserId | null;
  @Column('varchar') address: string;
  @Column('varchar') device: string;
}
