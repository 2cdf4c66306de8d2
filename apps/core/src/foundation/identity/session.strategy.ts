import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Strategy } from 'passport';
import type { Config } from '../../config.js';
import { CONFIG } from '../../kernel/tokens.js';
import { readSessionToken } from './session-cookie.js';
import { SessionsService } from './sessions.service.js';

/** Passport's view of the session cookie. */
@Injectable()
export class SessionStrategy extends Strategy {
  override readonly name = 'session';

  constructor(
    private readonly sessions: SessionsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  override authenticate(request: Request): void {
    const token = readSessionToken(request.headers.cookie, this.config.cookieSecure);
    if (token === undefined) {
      this.fail();
      return;
    }
    this.sessions.find(token).then(
      (session) => (session ? this.success({ session }) : this.fail()),
      (error: unknown) => this.error(error),
    );
  }
}
