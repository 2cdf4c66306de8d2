import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApp, type TestApp } from '../app.js';
import { openSession, signIn, type SignedInPerson } from '../sign-in.js';

const APPEARANCE = { theme: 'tide', mode: 'dark', density: 'compact', motion: 'reduced' };

describe('a change asked for with a cookie', () => {
  let app: TestApp;
  let person: SignedInPerson;
  beforeAll(async () => {
    app = await startApp({ env: { BAILIWICK_PUBLIC_URL: 'http://panel.example:5000' } });
    person = await signIn(app);
  });
  afterAll(() => app.close());

  const change = (headers: Record<string, string>) =>
    request(app.url).put('/api/v1/me/appearance').set('cookie', person.cookie).set(headers).send(APPEARANCE);

  it('is done with the token of its session', async () => {
    expect((await change({ 'x-csrf': person.csrf })).status).toBe(204);
  });

  it('gets its token from /me', async () => {
    const me = await request(app.url).get('/api/v1/me').set('cookie', person.cookie);
    expect(me.body.csrf).toBe(person.csrf);
  });

  it('is refused without the token', async () => {
    const answer = await change({});
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('csrf_failed');
  });

  it('is refused with a token that is empty, cut, longer, changed, or that of another session', async () => {
    const other = await openSession(app, person.user);
    const { csrf } = person;
    const swapped = `${csrf.startsWith('A') ? 'B' : 'A'}${csrf.slice(1)}`;
    for (const wrong of ['', csrf.slice(1), `${csrf}A`, swapped, csrf.toUpperCase(), other.csrf])
      expect((await change({ 'x-csrf': wrong })).body.code).toBe('csrf_failed');
  });

  it('is refused with a token of an installation with another key', async () => {
    const elsewhere = await startApp();
    const { csrf } = await signIn(elsewhere);
    await elsewhere.close();
    expect((await change({ 'x-csrf': csrf })).status).toBe(403);
  });

  it.each([
    'null',
    'https://panel.evil.com',
    'http://evilpanel.example:5000',
    'http://panel.example.evil.com:5000',
    'http://panel.example',
    'https://panel.example:5000',
    'http://localhost:3000',
    'http://user@panel.example:5000',
    'file://',
    'panel.example:5000',
  ])('is refused from the origin %s, token or not', async (origin) => {
    const answer = await change({ 'x-csrf': person.csrf, origin });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('origin_refused');
  });

  it.each(['cross-site', 'same-site', 'nonsense'])('is refused when the browser calls it %s', async (site) => {
    expect((await change({ 'x-csrf': person.csrf, 'sec-fetch-site': site })).body.code).toBe('origin_refused');
  });

  it('is done from the panel’s public origin, and from the origin it was sent to', async () => {
    const { host } = new URL(app.url);
    expect((await change({ 'x-csrf': person.csrf, origin: 'http://panel.example:5000' })).status).toBe(204);
    expect((await change({ 'x-csrf': person.csrf, origin: `http://${host}` })).status).toBe(204);
    const behindProxy = { origin: 'http://localhost:5000', 'x-forwarded-host': 'localhost:5000' };
    expect((await change({ 'x-csrf': person.csrf, ...behindProxy })).status).toBe(204);
    expect((await change({ 'x-csrf': person.csrf, 'sec-fetch-site': 'same-origin' })).status).toBe(204);
  });

  it('needs https as the origin’s scheme where the panel is on https', async () => {
    const secure = await startApp({ env: { BAILIWICK_PUBLIC_URL: 'https://panel.example' } });
    const { headers } = await signIn(secure);
    const from = (origin: string) =>
      request(secure.url)
        .put('/api/v1/me/appearance')
        .set({ ...headers, origin, 'x-forwarded-host': 'panel.example' })
        .send(APPEARANCE);
    expect((await from('https://panel.example')).status).toBe(204);
    expect((await from('http://panel.example')).status).toBe(403);
    await secure.close();
  });

  it('is never a GET', async () => {
    for (const path of ['/api/v1/sign-out', '/api/v1/me/appearance', '/api/v1/me/session'])
      expect((await request(app.url).get(path).set('cookie', person.cookie)).status).toBe(404);
    expect((await request(app.url).get('/api/v1/me').set('cookie', person.cookie)).status).toBe(200);
  });
});
