import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { SetupClaimsStore } from '../../src/foundation/identity/setup-claims.store.js';
import { User } from '../../src/foundation/identity/user.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { startApp, type TestApp } from '../app.js';

const PASSWORD = 'correct horse battery staple';

describe('setting up', () => {
  let app: TestApp;
  let file: string;
  beforeEach(async () => {
    app = await startApp();
    file = path.join(app.config.storageDir, 'keys', 'setup-token');
  });
  afterEach(() => app.close());

  const claim = (body: object) => request(app.url).post('/api/v1/setup').send(body);
  const token = () => readFileSync(file, 'utf8').trim();
  const owner = (extra: object = {}) => ({
    token: token(),
    username: 'ada',
    displayName: 'Ada L.',
    password: PASSWORD,
    ...extra,
  });

  it('keeps its token in a file that only this user reads', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(token()).toMatch(/^[\w-]{43}$/);
  });

  it('makes the first person owner, signed in, and takes the token away', async () => {
    expect((await request(app.url).get('/api/v1/setup')).body).toEqual({ needed: true });
    const answer = await claim(owner());
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      user: { username: 'ada', displayName: 'Ada L.', platformRole: 'owner' },
      tenant: { slug: 'default' },
    });
    expect(existsSync(file)).toBe(false);
    expect((await request(app.url).get('/api/v1/setup')).body).toEqual({ needed: false });
    const cookie = (answer.get('set-cookie')?.[0] ?? '').split(';')[0] ?? '';
    expect((await request(app.url).get('/api/v1/me').set('cookie', cookie)).status).toBe(200);
  });

  it('takes the token once', async () => {
    const first = owner();
    await claim(first).expect(201);
    const again = await claim({ ...first, username: 'eve' });
    expect(again.status).toBe(409);
    expect(again.body.code).toBe('already_set_up');
  });

  it('gives one owner to two who claim at once', async () => {
    const answers = await Promise.all(['ada', 'eve', 'bob', 'joe'].map((username) => claim(owner({ username }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const database = app.app.get(Database);
    expect(await database.repository(User).countBy({ platformRole: 'owner' })).toBe(1);
    expect(await app.app.get(SetupClaimsStore).exists()).toBe(true);
  });

  it('refuses a wrong token and makes nobody', async () => {
    const answer = await claim(owner({ token: 'A'.repeat(43) }));
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('setup_token_invalid');
    expect(await app.app.get(Database).repository(User).count()).toBe(0);
  });

  it('locks who guesses tokens', async () => {
    for (let tries = 0; tries < 8; tries += 1) await claim(owner({ token: `guess-${tries}` })).expect(403);
    const ninth = await claim(owner());
    expect(ninth.status).toBe(429);
    expect(Number(ninth.get('retry-after'))).toBe(900);
  });

  it.each([
    ['short', 'field'],
    ['Password1234!', 'weak_password'],
    ['ada-is-the-best-one', 'weak_password'],
    ['aaaaaaaaaaaaaaaa', 'weak_password'],
  ])('refuses the password %s', async (password, reason) => {
    const answer = await claim(owner({ password }));
    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe(reason === 'field' ? 'invalid_request' : reason);
    expect(answer.body.params.issues[0].path).toBe('password');
    expect(existsSync(file)).toBe(true);
  });

  it.each(['platformRole', 'id', 'tenantId', 'active', 'rightsVersion', 'passwordHash', 'createdAt', '__proto__'])(
    'refuses the field %s that only the core sets',
    async (field) => {
      const body = JSON.stringify(owner()).replace(/\}$/, `,"${field}":"owner"}`);
      const answer = await request(app.url).post('/api/v1/setup').set('content-type', 'application/json').send(body);
      expect(answer.status).toBe(400);
      expect(answer.body.params.issues).toEqual([expect.objectContaining({ path: field, code: 'unknown_field' })]);
    },
  );

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://127.0.0.1:5000.evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses a page of somebody else: %j', async (headers) => {
    const answer = await claim(owner()).set(headers);
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('origin_refused');
  });
});

it('keeps an unused token over a restart, and makes none once there is an owner', async () => {
  const storageDir = mkdtempSync(path.join(tmpdir(), 'bailiwick-'));
  const file = path.join(storageDir, 'keys', 'setup-token');
  const first = await startApp({ storageDir });
  const token = readFileSync(file, 'utf8');
  await first.close();

  const second = await startApp({ storageDir });
  expect(readFileSync(file, 'utf8')).toBe(token);
  await request(second.url)
    .post('/api/v1/setup')
    .send({ token: token.trim(), username: 'ada', displayName: 'Ada', password: PASSWORD })
    .expect(201);
  await second.close();

  const third = await startApp({ storageDir });
  expect(existsSync(file)).toBe(false);
  await third.close();
  rmSync(storageDir, { recursive: true, force: true });
});
