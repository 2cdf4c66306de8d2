import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApp, type TestApp } from '../app.js';
import { signIn } from '../sign-in.js';

const PASSWORD = 'correct horse battery staple';

describe('signing in', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startApp();
  });
  afterEach(() => app.close());

  it('opens a session that the next request is known by', async () => {
    await signIn(app, { username: 'ada', password: PASSWORD, platformRole: 'member' });
    const answer = await request(app.url).post('/api/v1/sign-in').send({ username: 'ada', password: PASSWORD });
    expect(answer.status).toBe(200);
    const [cookie = ''] = answer.get('set-cookie') ?? [];
    expect(cookie).toMatch(/^bw_session=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
    const me = await request(app.url)
      .get('/api/v1/me')
      .set('cookie', cookie.split(';')[0] ?? '');
    expect(me.body).toMatchObject({ user: { username: 'ada', platformRole: 'member' }, csrf: answer.body.csrf });
  });
});
