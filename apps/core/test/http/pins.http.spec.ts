import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MOST_PINS } from '@bailiwick/contract';
import { UsersService } from '../../src/foundation/identity/users.service.js';
import { PinsRow } from '../../src/features/pins/pins.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

let app: TestApp;
let member: SignedInPerson;
let other: SignedInPerson;
const [ONE, TWO] = [newId('ct'), newId('ct')];

const ask = (person: SignedInPerson) => new Asking(app, person);
const pinned = async (person: SignedInPerson) => (await ask(person).get('me/pins').expect(200)).body.containers;

beforeAll(async () => {
  app = await startApp();
  member = await signIn(app, { platformRole: 'member' });
  other = await signIn(app, { platformRole: 'member' });
});
afterAll(() => app?.close());

describe('what somebody wants at hand', () => {
  it('is nothing at first, then what they put there, in their order, for them alone', async () => {
    expect(await pinned(member)).toEqual([]);
    await ask(member)
      .put('me/pins', { containers: [TWO, ONE] })
      .expect(200);
    expect(await pinned(member)).toEqual([TWO, ONE]);
    await ask(member)
      .put('me/pins', { containers: [ONE] })
      .expect(200);
    expect(await pinned(member)).toEqual([ONE]);
    expect(await pinned(other)).toEqual([]);
  });

  it.each([
    ['one twice', [ONE, ONE]],
    ['something that is no container', ['op_aaaaaaaaaaaaaaaa']],
    ['more than is kept', Array.from({ length: MOST_PINS + 1 }, () => newId('ct'))],
  ])('refuses %s, and keeps what was there', async (_, containers) => {
    const before = await pinned(member);
    await ask(member).put('me/pins', { containers }).expect(400);
    expect(await pinned(member)).toEqual(before);
  });

  it('goes with its person', async () => {
    await ask(other)
      .put('me/pins', { containers: [ONE] })
      .expect(200);
    const users = app.app.get(UsersService);
    await users.write(await users.homeOfUser(other.user.id), (rows, tell) => users.remove(rows, tell, other.user.id));
    const left = () => app.app.get(Database).repository(PinsRow).countBy({ userId: other.user.id });
    for (let tries = 0; tries < 100 && (await left()) > 0; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await left()).toBe(0);
  });
});
