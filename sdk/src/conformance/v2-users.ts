import { status } from '@grpc/grpc-js';
import type { SyncUsersPage__Output } from '../generated/bailiwick/plugin/v2/SyncUsersPage.js';
import { PLUGIN_SERVICE } from '../protocols.js';
import { ask, bearer, readAll } from './asking.js';
import { type Checks, unmet } from './checks.js';
import { answerOf, expectCode } from './expecting.js';
import type { PlayedCore } from './played-core.js';
import type { V2Client } from './v2.js';

const USERNAME = /^[a-z0-9._-]{3,32}$/;
const SLUG = /^[a-z0-9][a-z0-9-]*$/;
const MOST = 10_000;

/** Who there should be: dry run, limit, cursor, cancel. */
export async function checkUsers(core: PlayedCore, client: V2Client, checks: Checks): Promise<void> {
  const sync = async (limit: number, cursor = '') => {
    const deadline = Date.now() + core.timeoutMs;
    return readAll(client.syncUsers({ dryRun: true, limit, cursor }, bearer(core.token), { deadline }));
  };
  if (!core.manifest.provides.includes('users')) {
    await checks.check('SyncUsers, which it does not provide, is refused', 'UNIMPLEMENTED', async () =>
      expectCode(await sync(1), status.UNIMPLEMENTED),
    );
    return;
  }
  let names: string[] = [];
  const read = await checks.check(
    'SyncUsers as a dry run says who there should be',
    `pages, of ${MOST} at most`,
    async () => {
      names = namesIn(answerOf(await sync(0)));
      if (names.length > MOST) unmet(`${names.length} users`);
    },
  );
  if (!read) return;
  await checks.check('every user has a name and a tenant that can be', `names as ${USERNAME}`, async () => {
    for (const { username, tenant } of answerOf(await sync(0)).flatMap(({ users }) => users)) {
      if (!USERNAME.test(username)) unmet(`the name "${username}"`);
      if (!SLUG.test(tenant)) unmet(`the tenant "${tenant}" of ${username}`);
    }
  });
  await checks.check('nobody comes twice', 'each name once', () => {
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice) unmet(twice);
  });
  await checks.check('a limit is kept', 'one user at most', async () => {
    const few = namesIn(answerOf(await sync(1)));
    if (few.length > 1) unmet(`${few.length} users`);
  });
  await checks.check(
    'a cursor goes on where the last one stopped',
    names.length > 1 ? 'the second user' : 'nobody new',
    async () => {
      const pages = answerOf(await sync(1));
      const cursor = pages.at(-1)?.cursor ?? '';
      if (names.length < 2) return;
      if (cursor === '') unmet('no cursor, and there are more');
      const [next] = namesIn(answerOf(await sync(1, cursor)));
      if (next !== names[1]) unmet(next ?? 'nobody');
    },
  );
  await checks.check('a sync that is cancelled leaves it answering', 'Health answers', async () => {
    for (let times = 0; times < 5; times += 1)
      client
        .syncUsers({ dryRun: true }, bearer(core.token))
        .on('error', () => undefined)
        .cancel();
    answerOf(await ask(client, PLUGIN_SERVICE.Health, {}, { metadata: bearer(core.token), ms: core.timeoutMs }));
  });
  await checks.check('a dry run writes nothing', 'no SyncUser, no SetIdentityTag', () => {
    const wrote = core.host.asked.find(({ method }) => method === 'SyncUser' || method === 'SetIdentityTag');
    if (wrote) unmet(wrote.method);
  });
}

const namesIn = (pages: SyncUsersPage__Output[]) =>
  pages.flatMap(({ users }) => users.map(({ tenant, username }) => `${tenant}/${username}`));
