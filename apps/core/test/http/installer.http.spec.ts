import { afterEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { AuditService } from '../../src/foundation/audit/audit.service.js';
import { startApp, type TestApp } from '../app.js';
import { changeRights } from '../people.js';
import { signIn } from '../sign-in.js';

const TOKEN = '3qhXv0bWlR7yUe5TzKsLd9cJpA2mNfGg';
const PASSWORD = 'correct horse battery staple';
const OWNER = { username: 'ada', password: PASSWORD };

describe('the installer', () => {
  let app: TestApp;
  afterEach(() => app.close());

  const open = async (env: Record<string, string> = {}) => {
    app = await startApp({ env: { BAILIWICK_INSTALLER_TOKEN: TOKEN, ...env } });
  };
  const ask = (verb: 'get' | 'post', word: string, body?: object, headers: Record<string, string> = {}) => {
    const asked = request(app.url)[verb](`/api/v1/installer/${word}`);
    asked.set({ 'x-installer-token': TOKEN, ...headers });
    return body === undefined ? asked : asked.send(body);
  };
  const enter = (password: string) => request(app.url).post('/api/v1/sign-in').send({ username: 'ada', password });

  it('is not there unless its token is set', async () => {
    app = await startApp();
    await ask('get', 'status').expect(404);
    await ask('post', 'init-owner', OWNER).expect(404);
    expect((await request(app.url).get('/api/v1/setup').expect(200)).body).toEqual({ needed: true });
  });

  it.each(['short', 'a'.repeat(64)])('does not start with the token %s', async (token) => {
    await expect(open({ BAILIWICK_INSTALLER_TOKEN: token })).rejects.toThrow('BAILIWICK_INSTALLER_TOKEN');
    await open();
  });

  it('makes the first owner once, who can sign in; the setup is over with it', async () => {
    await open();
    expect((await ask('get', 'status').expect(200)).body).toMatchObject({ setupNeeded: true, activeAdmins: 0 });
    const { body } = await ask('post', 'init-owner', OWNER).expect(201);
    expect(body).toEqual({ id: expect.stringMatching(/^usr_/), username: 'ada', active: true });
    expect((await ask('get', 'status').expect(200)).body).toMatchObject({ setupNeeded: false, activeAdmins: 1 });
    expect((await enter(PASSWORD).expect(200)).body.user).toMatchObject({ id: body.id, platformRole: 'owner' });
    const second = await ask('post', 'init-owner', { ...OWNER, username: 'bob' }).expect(409);
    expect(second.body.code).toBe('already_set_up');
    expect((await request(app.url).get('/api/v1/setup').expect(200)).body).toEqual({ needed: false });
  });

  it('makes one owner of five that are asked for at once', async () => {
    await open();
    const asked = ['ada', 'bob', 'cleo', 'dan', 'eve'].map((username) => ask('post', 'init-owner', { ...OWNER, username })); // prettier-ignore
    const statuses = (await Promise.all(asked)).map(({ status }) => status).toSorted();
    expect(statuses).toEqual([201, 409, 409, 409, 409]);
  });

  it('refuses a weak password and a name that is none, and takes no field of its own making', async () => {
    await open();
    for (const password of ['short', 'password1234', 'adaadaadaada'])
      await ask('post', 'init-owner', { username: 'ada', password }).expect(400);
    await ask('post', 'init-owner', { ...OWNER, username: '../x' }).expect(400);
    await ask('post', 'init-owner', { ...OWNER, platformRole: 'owner' }).expect(400);
    expect((await ask('get', 'status')).body.setupNeeded).toBe(true);
  });

  it('refuses a wrong token before it reads the body, and locks who goes on guessing', async () => {
    await open();
    for (const wrong of ['', 'x', `${TOKEN}x`, TOKEN.slice(1)]) {
      const { body } = await ask('post', 'init-owner', { nonsense: 1 }, { 'x-installer-token': wrong }).expect(403);
      expect(body.code).toBe('installer_token_invalid');
    }
    for (let tries = 4; tries < 8; tries += 1) await ask('get', 'status', undefined, { 'x-installer-token': 'x' });
    await ask('get', 'status').expect(429);
    const owner = await signIn(app);
    const { items } = await app.app.get(AuditService).list(owner.actor, { limit: 50 });
    expect(items.filter(({ action }) => action === 'installer.enter')).toHaveLength(8);
  });

  it('answers to this machine only, unless networks are named', async () => {
    await open();
    const far = { 'x-forwarded-for': '203.0.113.7' };
    expect((await ask('get', 'status', undefined, far).expect(403)).body.code).toBe('network_refused');
    await app.close();
    await open({ BAILIWICK_INSTALLER_FROM: '203.0.113.0/24' });
    await ask('get', 'status', undefined, far).expect(200);
    await ask('get', 'status').expect(403);
  });

  it('does not start with networks that are none', async () => {
    await expect(open({ BAILIWICK_INSTALLER_FROM: 'everywhere' })).rejects.toThrow('BAILIWICK_INSTALLER_FROM');
    await open();
  });

  it('lets a locked-out administrator back in, ends their sessions, and leaves a last owner', async () => {
    await open();
    await ask('post', 'init-owner', OWNER).expect(201);
    const { headers } = await enter(PASSWORD).expect(200);
    const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
    await ask('post', 'modify-admin', { username: 'ada', password: 'password1234' }).expect(400);
    const fresh = 'another horse battery staple';
    await ask('post', 'modify-admin', { username: 'ada', password: fresh }).expect(200);
    await request(app.url).get('/api/v1/me').set({ cookie }).expect(401);
    await enter(fresh).expect(200);
    await ask('post', 'modify-admin', { username: 'ada', active: false }).expect(409);
    const admin = await signIn(app, { platformRole: 'administrator', username: 'bob' });
    const { body } = await ask('post', 'modify-admin', { username: 'bob', active: false }).expect(200);
    expect(body).toEqual({ id: admin.user.id, username: 'bob', active: false });
    await request(app.url).get('/api/v1/me').set(admin.headers).expect(401);
    await changeRights(app, admin.user.id, { active: true });
  });

  it('touches staff only, and says what it did', async () => {
    await open();
    const owner = await signIn(app, { username: 'ada' });
    await signIn(app, { platformRole: 'member', username: 'mia' });
    await ask('post', 'modify-admin', { username: 'mia', active: false }).expect(404);
    await ask('post', 'modify-admin', { username: 'nobody', active: false }).expect(404);
    await ask('post', 'modify-admin', { username: 'ada' }).expect(400);
    await ask('post', 'modify-admin', { username: 'ada', active: true }).expect(200);
    const [row] = (await app.app.get(AuditService).list(owner.actor, { limit: 1 })).items;
    expect(row).toMatchObject({
      actor: { kind: 'system', name: 'installer' },
      action: 'people.update',
      details: { via: 'installer', newPassword: false },
    });
  });
});
