import type { PlatformRole, UserId } from '@bailiwick/contract';
import { AccountMovesService } from '../src/foundation/identity/account-moves.service.js';
import { UsersService } from '../src/foundation/identity/users.service.js';
import type { TestApp } from './app.js';

/** As an administrator would, without asking whether one may. */
export async function changeRights(
  { app }: Pick<TestApp, 'app'>,
  id: UserId,
  { platformRole, ...changes }: { platformRole?: PlatformRole; active?: boolean },
): Promise<void> {
  const users = app.get(UsersService);
  if (platformRole !== undefined) await move(app, id, platformRole);
  await users.write(await users.homeOfUser(id), (rows, tell) => users.change(rows, tell, id, changes));
}

async function move(app: TestApp['app'], id: UserId, platformRole: PlatformRole): Promise<void> {
  const moves = app.get(AccountMovesService);
  const users = app.get(UsersService);
  const from = await users.get(id);
  const home = await users.homeOfUser(id);
  const to = { tenantId: from.tenantId, platformRole };
  await moves.copy(id, to);
  await moves.settle(id, { from, to }, () => Promise.resolve());
  await moves.clean(id, home);
}
