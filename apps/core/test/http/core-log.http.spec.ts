import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CoreLogList } from '@bailiwick/contract';
import request from 'supertest';
import { startApp, type TestApp } from '../app.js';
import { signIn } from '../sign-in.js';

describe('the core log', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startApp();
  });
  afterAll(() => test.close());

  it('keeps the last 500 entries in order', async () => {
    const { headers } = await signIn(test, { platformRole: 'administrator' });
    const log = test.log.for('counter');
    for (let at = 1; at <= 600; at += 1) log.info(`entry ${at}`);
    const { body } = await request(test.url).get('/api/v1/core-log?limit=500').set(headers).expect(200);
    const { items } = CoreLogList.parse(body);
    expect(items).toHaveLength(500);
    const own = items.filter(({ logger }) => logger === 'counter').map(({ message }) => Number(message.split(' ')[1]));
    expect(own.at(-1)).toBe(600);
    expect(own).toEqual(own.map((_, at) => 600 - own.length + 1 + at));
    expect(own.length).toBeGreaterThan(480);
    const moments = items.map(({ timestamp }) => timestamp);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(items.every(({ iso, timestamp }) => Date.parse(iso) === timestamp)).toBe(true);
  });

  it('gives 200 entries unless asked for more', async () => {
    const { headers } = await signIn(test);
    const { body } = await request(test.url).get('/api/v1/core-log').set(headers).expect(200);
    expect(CoreLogList.parse(body).items).toHaveLength(200);
  });

  it.each(['0', '501', 'many'])('refuses limit=%s', async (limit) => {
    const { headers } = await signIn(test);
    const { body } = await request(test.url).get(`/api/v1/core-log?limit=${limit}`).set(headers).expect(400);
    expect(body.params.issues[0].path).toBe('limit');
  });

  it('is for staff only', async () => {
    const member = await signIn(test, { platformRole: 'member' });
    const { body } = await request(test.url).get('/api/v1/core-log').set(member.headers).expect(403);
    expect(body.params.missing).toEqual(['panel.log']);
    await request(test.url).get('/api/v1/core-log').expect(401);
  });
});
