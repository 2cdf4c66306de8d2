import { Injectable } from '@nestjs/common';
import { Strategy } from 'passport-local';
import { PasswordsService } from './passwords.service.js';
import { UsersService } from './users.service.js';

/** Passport's view of a username and its password. */
@Injectable()
export class PasswordStrategy {
  readonly strategy: Strategy;

  constructor(users: UsersService, passwords: PasswordsService) {
    this.strategy = new Strategy((username, password, done) => {
      const prove = async () => {
        const account = await users.findByUsername(username.toLowerCase());
        const proved = await passwords.verify(account?.passwordHash, password);
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
