import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import passport from 'passport';
import { BearerStrategy } from './bearer.strategy.js';
import type { Bearer } from './bearers.service.js';
import { PasswordStrategy } from './password.strategy.js';
import { SessionStrategy } from './session.strategy.js';
import type { SessionOfUser } from './sessions.store.js';
import type { User as Account } from './user.entity.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- how Passport lets its user be described
  namespace Express {
    /** What a strategy proved: a live session, a token that holds, or that somebody knows an account's password. */
    interface User {
      session?: SessionOfUser;
      account?: Account;
      bearer?: Bearer;
    }
  }
}

/** Passport, one instance a core: its strategies prove, our services decide. */
@Injectable()
export class Authenticator {
  private readonly passport = new passport.Passport();

  constructor(session: SessionStrategy, password: PasswordStrategy, bearer: BearerStrategy) {
    this.passport.use(session).use(password.strategy).use(bearer);
  }

  async bySession(request: Request): Promise<SessionOfUser | undefined> {
    return (await this.ask('session', request))?.session;
  }

  async byBearer(request: Request): Promise<Bearer | undefined> {
    return (await this.ask('bearer', request))?.bearer;
  }

  async byPassword(request: Request): Promise<Account | undefined> {
    return (await this.ask('password', request))?.account;
  }

  private ask(strategy: string, request: Request): Promise<Express.User | undefined> {
    return new Promise((resolve, reject) => {
      const answer = (error: unknown, proved?: Express.User | false | null): void => {
        if (error) reject(toError(error));
        else resolve(proved || undefined);
      };
      const middleware: unknown = this.passport.authenticate(strategy, { session: false }, answer);
      if (!isMiddleware(middleware) || !request.res) throw new Error('Passport has nothing to run.');
      void middleware(request, request.res, answer);
    });
  }
}

const isMiddleware = (value: unknown): value is RequestHandler => typeof value === 'function';
const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
