import { Inject, Injectable } from '@nestjs/common';
import { SessionId, TokenId, type UserId } from '@bailiwick/contract';
import { errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import { SecretKey } from '../../kernel/secret-key.js';
import { CONFIG } from '../../kernel/tokens.js';

export const ACCESS_SECONDS = 15 * 60;
const MOST_PROVED = 2000;
const AUDIENCE = 'bailiwick-api';
const KIND = { alg: 'HS256', typ: 'at+jwt' } as const;
const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const;

const Claims = z.object({ sid: SessionId, jti: TokenId, exp: z.number() });

/** What an access token says: which session it is of. All else is looked up, so that an end holds at once. */
export interface AccessToken {
  readonly sessionId: SessionId;
  readonly tokenId: TokenId;
  readonly endsAt: number;
}

/** Short access tokens (JWT) for programs that signed in. */
@Injectable()
export class AccessTokensService {
  private readonly proved = new Map<string, AccessToken>();
  private readonly issuer: string;
  private readonly signing: ReturnType<typeof crypto.subtle.importKey>;

  constructor(
    private readonly clock: Clock,
    key: SecretKey,
    @Inject(CONFIG) config: Config,
  ) {
    this.issuer = config.BAILIWICK_PUBLIC_URL;
    this.signing = crypto.subtle.importKey('raw', key.derive('access-token'), HMAC, false, ['sign', 'verify']);
  }

  async sign({ sessionId, userId }: { sessionId: SessionId; userId: UserId }): Promise<string> {
    const now = Math.floor(this.clock.now() / 1000);
    return new SignJWT({ sid: sessionId })
      .setProtectedHeader(KIND)
      .setIssuer(this.issuer)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setJti(newId('tok'))
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_SECONDS)
      .sign(await this.signing);
  }

  /** Undefined for one that is over, forged, or signed for something else. */
  async read(token: string): Promise<AccessToken | undefined> {
    const known = this.proved.get(token);
    if (known) return known.endsAt > this.clock.now() ? known : undefined;
    const read = await this.verify(token);
    if (read) this.keep(token, read);
    return read;
  }

  /** A signature holds or it does not: the same token is looked at once, its session every time. */
  private keep(token: string, read: AccessToken): void {
    const [oldest] = this.proved.keys();
    if (oldest !== undefined && this.proved.size >= MOST_PROVED) this.proved.delete(oldest);
    this.proved.set(token, read);
  }

  private async verify(token: string): Promise<AccessToken | undefined> {
    try {
      const { payload } = await jwtVerify(token, await this.signing, {
        algorithms: [KIND.alg],
        typ: KIND.typ,
        issuer: this.issuer,
        audience: AUDIENCE,
        requiredClaims: ['sub', 'iat', 'exp', 'jti', 'sid'],
        currentDate: new Date(this.clock.now()),
      });
      const claims = Claims.safeParse(payload).data;
      return claims && { sessionId: claims.sid, tokenId: claims.jti, endsAt: claims.exp * 1000 };
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined; // whatever is wrong with it, nobody is signed in
      throw error;
    }
  }
}
