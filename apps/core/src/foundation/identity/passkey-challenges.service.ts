import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { unauthenticated } from '../../kernel/errors.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { hashToken } from './session-cookie.js';
import { UsedChallengesStore } from './used-challenges.store.js';

/** What a challenge was made for, and the one session, sign-in or network it is good for. */
export interface PasskeyUse {
  readonly purpose: 'register' | 'signIn' | 'secondFactor' | 'stepUp';
  readonly subject: string;
}

export const PASSKEY_CHALLENGE_MS = 5 * 60_000;
const BODY_BYTES = 32;

/**
 * What a passkey has to sign, good once and for five minutes. It carries its own end and our seal, so that asking for
 * one leaves no row behind: anybody may ask.
 */
@Injectable()
export class PasskeyChallengesService {
  constructor(
    private readonly used: UsedChallengesStore,
    private readonly key: SecretKey,
    private readonly clock: Clock,
  ) {}

  open(use: PasskeyUse): string {
    const body = Buffer.alloc(BODY_BYTES);
    randomBytes(BODY_BYTES - 8).copy(body);
    body.writeBigUInt64BE(BigInt(this.clock.now() + PASSKEY_CHALLENGE_MS), BODY_BYTES - 8);
    return Buffer.concat([body, Buffer.from(this.seal(body, use), 'base64url')]).toString('base64url');
  }

  /** 401 where it is not ours, over, of another use, or was tried before, whatever became of that. */
  async take(challenge: string, use: PasskeyUse): Promise<void> {
    const expiresAt = this.endOf(challenge, use);
    if (!(await this.used.use({ hash: hashToken(challenge), expiresAt }, this.clock.now()))) throw expired();
  }

  /** Until when it is good; 401 where it is not ours, over or of another use. Looks at the challenge alone. */
  endOf(challenge: string, use: PasskeyUse): number {
    const bytes = Buffer.from(challenge, 'base64url');
    if (bytes.length !== 2 * BODY_BYTES || bytes.toString('base64url') !== challenge) throw expired();
    const body = bytes.subarray(0, BODY_BYTES);
    const expiresAt = Number(body.readBigUInt64BE(BODY_BYTES - 8));
    const seal = bytes.subarray(BODY_BYTES).toString('base64url');
    if (!this.key.verify(purposeOf(use), sealed(body, use), seal)) throw expired();
    if (this.clock.now() >= expiresAt) throw expired();
    return expiresAt;
  }

  private seal(body: Buffer, use: PasskeyUse): string {
    return this.key.sign(purposeOf(use), sealed(body, use));
  }
}

const purposeOf = ({ purpose }: PasskeyUse): string => `passkey ${purpose}`;
const sealed = (body: Buffer, { subject }: PasskeyUse): string => `${body.toString('base64url')} ${subject}`;
const expired = () => unauthenticated('passkey_expired', 'That took too long, or was tried before. Start again.');
