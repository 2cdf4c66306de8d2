import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { AuditEventRow } from '../../src/foundation/audit/audit-event.entity.js';
import { Database } from '../../src/kernel/database/database.js';
import { startApp, type TestApp } from '../app.js';
import { signIn, type SignedInPerson } from '../sign-in.js';

describe('the edge', () => {
  let app: TestApp;
  let owner: SignedInPerson;
  beforeAll(async () => {
    app = await startApp({
      env: {
        BAILIWICK_PUBLIC_URL: 'http://panel.example:5000',
        BAILIWICK_ALLOWED_HOSTS: 'other.example,[2001:db8::1]',
      },
    });
    owner = await signIn(app);
  });
  afterAll(() => app.close());

  const put = (body: string, headers: Record<string, string> = {}) =>
    request(app.url)
      .put('/api/v1/me/appearance')
      .set({ 'content-type': 'application/json', ...owner.headers, ...headers })
      .send(body);
  const appearance = { theme: 'tide', mode: 'dark', density: 'compact', motion: 'reduced' };

  describe('hosts', () => {
    it.each([
      'rebind.evil',
      'rebind.evil:8000',
      'panel.example.evil',
      'panel.example@evil',
      '127.0.0.1.nip.io',
      '',
      'a b',
    ])('refuses %j, which is none of ours', async (host) => {
      const answer = await request(app.url).get('/api/v1/setup').set('host', host);
      expect(answer.status).toBe(421);
      expect(answer.body).toMatchObject({ code: 'host_refused', requestId: expect.stringMatching(/^req_/) });
    });

    it.each([
      'localhost',
      '127.0.0.1:1',
      '[::1]:8000',
      'panel.example',
      'PANEL.example:5000',
      'other.example',
      '[2001:db8::1]',
    ])('answers to %s', async (host) => {
      expect((await request(app.url).get('/api/v1/setup').set('host', host)).status).toBe(200);
    });

    it('refuses a foreign name that a trusted proxy passes on', async () => {
      const answer = await request(app.url).get('/api/v1/setup').set('x-forwarded-host', 'rebind.evil');
      expect(answer.status).toBe(421);
    });
  });

  describe('bodies', () => {
    it('names malformed JSON without repeating the parser', async () => {
      const answer = await put('{"theme": ');
      expect(answer.status).toBe(400);
      expect(answer.body.params.issues).toEqual([
        { path: '', code: 'malformed_json', message: 'The body is not valid JSON.' },
      ]);
    });

    it('refuses an unknown field by its path', async () => {
      const answer = await put(JSON.stringify({ ...appearance, platformRole: 'owner' }));
      expect(answer.status).toBe(400);
      expect(answer.body.params.issues).toEqual([
        expect.objectContaining({ path: 'platformRole', code: 'unknown_field' }),
      ]);
    });

    it('refuses a wrong type by its path', async () => {
      const answer = await put(JSON.stringify({ ...appearance, mode: ['dark'] }));
      expect(answer.status).toBe(400);
      expect(answer.body.params.issues).toEqual([expect.objectContaining({ path: 'mode' })]);
    });

    it.each(['{"__proto__":{"polluted":true}}', '{"theme":{"__proto__":{"polluted":true}}}', '{"\\u005f_proto__":1}'])(
      'refuses %s and stays clean',
      async (body) => {
        const answer = await put(body);
        expect(answer.status).toBe(400);
        expect(answer.body.params.issues[0].path).toMatch(/__proto__$/);
        expect(Reflect.get({}, 'polluted')).toBeUndefined();
      },
    );

    it('refuses what is nested deeper than any request of ours', async () => {
      const answer = await put(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`);
      expect(answer.body.params.issues[0].code).toBe('too_deep');
    });

    it('stops an oversized body with its limit', async () => {
      const answer = await put(JSON.stringify({ theme: 'x'.repeat(1_100_000) }));
      expect(answer.status).toBe(413);
      expect(answer.body).toMatchObject({
        code: 'too_large',
        params: { limitBytes: 1_048_576, issues: [{ path: '', code: 'too_large' }] },
      });
    });

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ])('refuses %s', async (type) => {
      expect((await put(JSON.stringify(appearance), { 'content-type': type })).status).toBe(415);
    });

    it('takes JSON with a charset', async () => {
      const answer = await put(JSON.stringify(appearance), { 'content-type': 'application/json; charset=utf-8' });
      expect(answer.status).toBe(204);
    });
  });

  it('refuses a query parameter that is sent twice', async () => {
    const answer = await request(app.url).get('/api/v1/audit?limit=1&limit=2').set(owner.headers);
    expect(answer.status).toBe(400);
    expect(answer.body.params.issues[0].path).toBe('limit');
  });

  it('answers an unknown address in the one envelope', async () => {
    const answer = await request(app.url).get('/api/v1/nothing/here').set(owner.headers);
    expect(answer.status).toBe(404);
    expect(answer.body).toEqual({
      code: 'not_found',
      message: expect.any(String),
      requestId: answer.get('x-request-id'),
    });
  });

  it('carries the protecting headers on every answer', async () => {
    for (const path of ['/api/v1/setup', '/api/v1/nothing', '/api/v1/me']) {
      const answer = await request(app.url).get(path);
      expect(answer.headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("default-src 'none'; frame-ancestors 'none'"),
      });
      expect(answer.headers).not.toHaveProperty('x-powered-by');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('takes its own request id, never the client’s', async () => {
    const answer = await request(app.url).get('/api/v1/setup').set('x-request-id', 'req_forged');
    expect(answer.get('x-request-id')).not.toBe('req_forged');
  });

  it('hangs up on who never finishes a header', async () => {
    const { hostname, port } = new URL(app.url);
    const startedAt = performance.now();
    const heldMs = await new Promise<number>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () =>
        socket.write('GET /api/v1/setup HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
      );
      socket.on('data', () => undefined);
      socket.on('error', reject);
      socket.on('close', () => resolve(performance.now() - startedAt));
    });
    expect(heldMs).toBeLessThan(13_000);
  }, 20_000);
});

it('answers whatever is sent with a refusal, never with a failure of its own', async () => {
  const app = await startApp({ env: { BAILIWICK_SIGN_IN_TRIES: '1000' } });
  const { headers } = await signIn(app);
  const open = ['/api/v1/setup', '/api/v1/sign-in', '/api/v1/deployments', '/api/v1/containers/bulk'];
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.json({ stringUnit: 'binary' }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...open), text, async (path, body) => {
      const answer = await request(app.url)
        .post(path)
        .set({ ...headers, 'content-type': 'application/json' })
        .send(body);
      expect([400, 413]).toContain(answer.status);
      expect(answer.body).toMatchObject({ code: expect.any(String), requestId: expect.any(String) });
    }),
    { numRuns: process.env['BAILIWICK_TEST_DEEP'] ? 20_000 : 400 },
  );
  await app.close();
}, 600_000);

it('believes a proxy only where it is told to', async () => {
  const app = await startApp({ env: { BAILIWICK_TRUSTED_PROXIES: '192.0.2.0/24', BAILIWICK_SIGN_IN_TRIES: '2' } });
  const attempt = (address: string) =>
    request(app.url)
      .post('/api/v1/sign-in')
      .set({ 'x-forwarded-for': address, 'x-forwarded-host': 'rebind.evil', 'x-forwarded-proto': 'https' })
      .send({ username: 'ada', password: 'wrong' });
  expect((await attempt('203.0.113.1')).status).toBe(401);
  expect((await attempt('203.0.113.2')).status).toBe(401);
  expect((await attempt('203.0.113.3')).status).toBe(429);
  await app.close();
});

describe('a bad day', () => {
  it('lets no stack out, nobody in, and keeps the details in the log under the request id', async () => {
    const app = await startApp();
    const { headers } = await signIn(app);
    await app.app.get(DataSource).destroy();
    for (const path of ['/api/v1/me', '/api/v1/containers', '/api/v1/setup']) {
      const answer = await request(app.url).get(path).set(headers);
      expect(answer.status).toBe(500);
      expect(answer.body).toEqual({
        code: 'internal',
        message: expect.any(String),
        requestId: answer.get('x-request-id'),
      });
    }
    expect(app.log.history(500)).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'A request failed unexpectedly' }),
    );
    await app.close();
  });

  it('says that the storage is full and changes nothing', async () => {
    const app = await startApp({ env: { BAILIWICK_SIGN_IN_TRIES: '1000' } });
    if (app.app.get(Database).kind === 'postgres') return app.close();
    const written = () => app.app.get(DataSource).getRepository(AuditEventRow).count();
    const sign = () =>
      request(app.url)
        .post('/api/v1/sign-in')
        .send({ username: 'x'.repeat(64), password: 'y' });
    await app.app.get(DataSource).query('PRAGMA max_page_count = 1');
    // The pages that are there have room for some rows.
    let before = 0;
    let answer = await sign();
    for (let tries = 0; answer.status === 401 && tries < 200; tries += 1) {
      before = await written();
      answer = await sign();
    }
    expect(answer.status).toBe(503);
    expect(answer.body).toMatchObject({ code: 'storage_full', hint: expect.stringContaining('nothing was changed') });
    expect(await written()).toBe(before);
    await app.close();
  });

  it('notes who was refused what', async () => {
    const app = await startApp();
    const { headers } = await signIn(app, { platformRole: 'viewer' });
    await request(app.url).get('/api/v1/audit').set(headers).expect(403);
    expect(app.log.history(500)).toContainEqual(
      expect.objectContaining({ logger: 'http', message: 'A request was refused: forbidden' }),
    );
    await app.close();
  });
});
