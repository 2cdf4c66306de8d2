import type { Capability, TokenId, TokenTarget, UserId } from '@bailiwick/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EPOCH_MS, EPOCH_MS_OR_NULL, JSON_TEXT, TEXT_OR_NULL } from '../../kernel/database/columns.js';

/** A personal token: of a person, for their programs. */
@Entity('api_tokens')
export class ApiToken {
  @PrimaryColumn('varchar') id: TokenId;
  @Column('varchar') userId: UserId;
  @Column('varchar') name: string;
  @Column('varchar') prefix: string;
  @Column('varchar', { unique: true }) tokenHash: string;
  @Column(JSON_TEXT) capabilities: Capability[];
  @Column(JSON_TEXT) targets: TokenTarget[];
  @Column('boolean') grave: boolean;
  @Column(EPOCH_MS) createdAt: number;
  @Column(EPOCH_MS) expiresAt: number;
  @Column(EPOCH_MS_OR_NULL) lastUsedAt: number | null;
  @Column(TEXT_OR_NULL) lastUsedAddress: string | null;
}
