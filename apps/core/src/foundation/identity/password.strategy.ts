import { Injectable } from '@nestjs/common';
import { SignIn } from '@bailiwick/contract';
import type { Request } from 'express';
import { Strategy } from 'passport-local';
import { PasswordsService } from './passwords.service.js';
import { NamedAccountsService } from './named-accounts.service.js';

/** Passport's view of a username and its password. */
@Injectable()
export class PasswordStrategy {
  readonly strategy: Strategy;

  constructor(named: NamedAccountsService, passwords: PasswordsService) {
    this.strategy = new Strategy({ passReqToCallback: true }, (request, username, password, done) => {
      const prove = async () => {
        const account = await named.forSignIn(username.toLowerCase(), tenantOf(request));
        const proved = await passwords.verify(account?.passwordHash ?? undefined, password);
        return proved && account?.active ? account : undefined;
      };
      prove().then(
        (account) => done(null, account ? { account } : false),
        (error: unknown) => done(error),
      );
    });
    this.strategy.name = 'password';
  }
}

/** The body was parsed by the route's schema before anybody asks. */
const tenantOf = (request: Request): string | undefined => SignIn.parse(request.body).tenant;
