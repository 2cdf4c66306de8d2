import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Outbox } from './outbox.js';

let server: Server;
let url: string;
let status = 200;
const got: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeEach(async () => {
  status = 200;
  got.length = 0;
  server = createServer((request, answer) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      answer.writeHead(status, { location: 'http://127.0.0.1:9/' }).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(() => {
  server.close();
});

const event = (kind: string) => ({ kind, at: new Date(0), tenant: 'default', data: { name: 'web' } });
const until = async (isSo: () => boolean) => {
  for (let tries = 0; tries < 200 && !isSo(); tries += 1) await new Promise((done) => setTimeout(done, 10));
  expect(isSo()).toBe(true);
};

describe('an outbox', () => {
  it('hands events on in order, signed', async () => {
    const outbox = new Outbox({ url, secret: 'secret' });
    for (const kind of ['container.started', 'container.died']) outbox.add(event(kind));
    await until(() => outbox.counts.delivered === 2);
    expect(got.map(({ body }) => (JSON.parse(body) as { kind: string }).kind)).toEqual([
      'container.started',
      'container.died',
    ]);
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    expect(JSON.parse(body)).toEqual({
      kind: 'container.started',
      at: '1970-01-01T00:00:00.000Z',
      tenant: 'default',
      data: { name: 'web' },
    });
    expect(headers['x-bailiwick-signature']).toBe(
      `sha256=${createHmac('sha256', 'secret').update(body).digest('hex')}`,
    );
  });

  it('tries three times, counts what failed, and says why', async () => {
    status = 503;
    const outbox = new Outbox({ url, secret: '' }, 5);
    outbox.add(event('container.died'));
    await until(() => outbox.counts.failed === 1);
    expect(got).toHaveLength(3);
    expect(got[0]?.headers).not.toHaveProperty('x-bailiwick-signature');
    expect(outbox.trouble).toBe('The receiver answered 503.');
    status = 200;
    outbox.add(event('container.started'));
    await until(() => outbox.counts.delivered === 1);
    expect(outbox.trouble).toBe('');
  });

  it('goes nowhere else than it was told', async () => {
    status = 302;
    expect(await new Outbox({ url, secret: '' }).send(event('container.died'))).toContain('not reached');
  });

  it('leaves out the oldest of what is too much', async () => {
    const outbox = new Outbox({ url: 'http://127.0.0.1:9/', secret: '' }, 10_000);
    for (let at = 0; at < 1102; at += 1) outbox.add(event(`container.${at}`));
    expect(outbox.counts.leftOut).toBe(101);
    outbox.close();
  });
});
