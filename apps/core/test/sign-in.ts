import type { PlatformRole } from '@bailiwick/contract';
import type { BrowserActor } from '../src/foundation/access/actor.js';
import { PasswordsService } from '../src/foundation/identity/passwords.service.js';
import { sessionCookieName } from '../src/foundation/identity/session-cookie.js';
import { SessionsService } from '../src/foundation/identity/sessions.service.js';
import { TenantsService } from '../src/foundation/identity/tenants.service.js';
import type { User } from '../src/foundation/identity/user.entity.js';
import { UsersService } from '../src/foundation/identity/users.service.js';
import { Database } from '../src/kernel/database/database.js';
import { newId } from '../src/kernel/ids.js';
import type { TestApp } from './app.js';

export interface SignedInPerson {
  /** For the `Cookie` header. */
  cookie: string;
  /** For the `X-CSRF` header. */
  csrf: string;
  /** Both, ready for supertest's `.set(...)` and for fetch. */
  headers: Record<string, string>;
  user: User;
  actor: BrowserActor;
}

interface Options {
  platformRole?: PlatformRole;
  /** The slug of one that exists; the first one where nothing is said. */
  tenant?: string;
  username?: string;
  /** Hashed only when it is asked for: hashing is slow. */
  password?: string;
}

/** A row of the asked role, and a session opened by the real service. */
export async function signIn(
  { app, config }: TestApp,
  { platformRole = 'owner', tenant = 'default', username = newId('p').replace('_', ''), password }: Options = {},
): Promise<SignedInPerson> {
  const user = await aUser(app.get(UsersService), app, { platformRole, tenant, username, password });
  return openSession({ app, config }, user);
}

/** Another session of somebody who exists. */
export async function openSession(
  { app, config }: Pick<TestApp, 'app' | 'config'>,
  user: User,
): Promise<SignedInPerson> {
  const sessions = app.get(SessionsService);
  const opened = await app
    .get(Database)
    .transaction((rows) => sessions.open(rows, { userId: user.id, address: '127.0.0.1', device: 'test' }));
  const cookie = `${sessionCookieName(config.cookieSecure)}=${opened.token}`;
  const csrf = sessions.csrfOf(opened.id);
  return { cookie, csrf, headers: { cookie, 'x-csrf': csrf }, user, actor: await sessions.actorOf(opened.token) };
}

async function aUser(
  users: UsersService,
  app: TestApp['app'],
  wanted: { platformRole: PlatformRole; tenant: string; username: string; password: string | undefined },
): Promise<User> {
  const { platformRole, tenant: slug, username, password } = wanted;
  const passwordHash = password === undefined ? null : await app.get(PasswordsService).hash(password);
  const first = await app.get(TenantsService).default();
  const tenant = slug === 'default' ? first : await app.get(TenantsService).find(slug);
  if (!tenant) throw new Error(`There is no tenant ${slug}.`);
  return users.write(users.homeFor(platformRole, tenant), (rows, tell) =>
    users.add(rows, tell, tenant, { username, displayName: username, platformRole, passwordHash }),
  );
}
