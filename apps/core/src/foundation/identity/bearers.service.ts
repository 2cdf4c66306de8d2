import { Injectable } from '@nestjs/common';
import { unauthenticated } from '../../kernel/errors.js';
import type { ProgramActor, TokenActor } from '../access/actor.js';
import { AccessTokensService } from './access-tokens.service.js';
import { isIntact, isPersonalToken } from './personal-token.js';
import { SessionsService } from './sessions.service.js';
import { TokensService } from './tokens.service.js';
import type { TokenOfUser } from './tokens.store.js';

/** Who stands behind a bearer; a personal token comes with its row, to note that it was used. */
export type Bearer =
  | { readonly actor: ProgramActor; readonly token?: undefined }
  | { readonly actor: TokenActor; readonly token: TokenOfUser };

/** Knows programs by the token they show: a personal one, or the access token they signed in for. */
@Injectable()
export class BearersService {
  constructor(
    private readonly tokens: TokensService,
    private readonly accessTokens: AccessTokensService,
    private readonly sessions: SessionsService,
  ) {}

  async find(bearer: string): Promise<Bearer | undefined> {
    return isPersonalToken(bearer) ? this.findPersonal(bearer) : this.findProgram(bearer);
  }

  private async findPersonal(bearer: string): Promise<Bearer | undefined> {
    if (!isIntact(bearer))
      throw unauthenticated('unauthenticated', 'This token is mistyped or cut off. Copy it once more.');
    const token = await this.tokens.find(bearer);
    return token && { actor: this.tokens.toActor(token), token };
  }

  private async findProgram(bearer: string): Promise<Bearer | undefined> {
    const access = await this.accessTokens.read(bearer);
    const session = access && (await this.sessions.findProgram(access.sessionId));
    if (!session) return undefined;
    const { tokenId, endsAt } = access;
    return { actor: { ...this.sessions.toActor(session), credential: 'access_token', via: 'token', tokenId, endsAt } };
  }
}
