import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpReceiver } from '../../../test/http-receiver.js';
import { isPublicAddress } from './public-address.rules.js';
import { FetchFailed, type Resolve, SafeFetch } from './safe-fetch.js';

const MESSAGE = { headers: { 'Content-Type': 'text/plain' }, body: 'Hello' };

let canary: HttpReceiver;
beforeEach(async () => {
  canary = await HttpReceiver.start();
});
afterEach(() => canary.close());

const fetchWith = (allow: string[], resolve?: Resolve, withinMs = 500) =>
  new SafeFetch({ BAILIWICK_OUTBOUND_ALLOW: allow, BAILIWICK_OUTBOUND_PORTS: [443] }, resolve, withinMs);
async function failureOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FetchFailed) return error.failure;
    throw error;
  }
  return 'none';
}

describe('a public address', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946', '172.32.0.1', '100.128.0.1'])('is %s', (address) => expect(isPublicAddress(address)).toBe(true)); // prettier-ignore

  it.each([
    ...['127.0.0.1', '127.255.255.254', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
    ...['169.254.169.254', '100.64.0.1', '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '240.0.0.1'],
    ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['2002:7f00:1::', '2001:0:7f00:1::', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'fec0::1', 'ff02::1', '2001:db8::1'],
    ...['localhost', ''],
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('what is sent', () => {
  it('arrives in a network the settings name, whatever the port, and brings the answer back', async () => {
    canary.answer = { status: 418, text: 'short and stout', headers: { 'Retry-After': '7' } };
    const answer = await fetchWith(['127.0.0.0/8']).post({ ...MESSAGE, url: `${canary.url}/pot` });
    expect(answer).toEqual({ status: 418, retryAfter: '7', text: 'short and stout' });
    expect(canary.received).toMatchObject([{ path: '/pot', text: 'Hello' }]);
  });

  it.each([
    'http://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://LOCALHOST.:PORT',
    'http://[::1]:PORT',
    'http://[::ffff:127.0.0.1]:PORT',
    'http://[::ffff:7f00:1]:PORT',
    'http://0:PORT',
    'http://0177.0.0.1:PORT',
    'http://0x7f000001:PORT',
    'http://2130706433:PORT',
    'http://127.1:PORT',
    'http://①②⑦.⓪.⓪.①:PORT',
    'http://evil.test\\@127.0.0.1:PORT',
    'http://evil.test@127.0.0.1:PORT',
    'http://me:word@127.0.0.1:PORT',
    'https://127.0.0.1:PORT',
    'ftp://127.0.0.1:PORT',
    'file:///etc/passwd',
    'not an address',
  ])('never goes to %s', async (address) => {
    const url = address.replace('PORT', String(canary.port));
    const toLoopback: Resolve = () => Promise.resolve(['127.0.0.1']);
    expect(await failureOf(fetchWith([], toLoopback).post({ ...MESSAGE, url }))).toBe('address_refused');
    expect(canary.received).toEqual([]);
  });

  it('goes nowhere where one of the addresses of a name is not allowed', async () => {
    const mixed: Resolve = () => Promise.resolve(['93.184.216.34', '127.0.0.1']);
    const url = `https://mixed.test:${canary.port}`;
    expect(await failureOf(fetchWith([], mixed).post({ ...MESSAGE, url }))).toBe('address_refused');
  });

  it('goes where was looked, not where the name leads a moment later', async () => {
    const answers = [['127.0.0.2'], ['127.0.0.1']];
    const alternating: Resolve = () => Promise.resolve(answers.shift() ?? []);
    const fetch = fetchWith(['127.0.0.2/32'], alternating);
    const url = `http://rebinding.test:${canary.port}`;
    expect(await failureOf(fetch.post({ ...MESSAGE, url }))).toBe('unreachable');
    expect(await failureOf(fetch.post({ ...MESSAGE, url }))).toBe('address_refused');
    expect(canary.received).toEqual([]);
  });

  it('goes to public addresses over https, on the ports the settings name, and never to one of our own', async () => {
    const toPublic: Resolve = () => Promise.resolve(['93.184.216.34']);
    const refused = (url: string) => failureOf(fetchWith([], toPublic).post({ ...MESSAGE, url }));
    expect(await refused('http://shop.test/')).toBe('address_refused');
    expect(await refused('https://shop.test:22/')).toBe('address_refused');
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    for (const { address } of own) {
      const toOwn: Resolve = () => Promise.resolve([address]);
      expect(await failureOf(fetchWith([], toOwn).post({ ...MESSAGE, url: 'https://me.test/' }))).toBe('address_refused'); // prettier-ignore
    }
  });

  it('is not carried on to where an answer points', async () => {
    const other = await HttpReceiver.start();
    canary.answer = { status: 307, headers: { Location: other.url } };
    expect((await fetchWith(['127.0.0.0/8']).post({ ...MESSAGE, url: canary.url })).status).toBe(307);
    expect(other.received).toEqual([]);
    await other.close();
  });

  it('waits for nobody for long: no answer, half an answer, a name nobody looks up', async () => {
    canary.answer = undefined;
    const fetch = fetchWith(['127.0.0.0/8']);
    expect(await failureOf(fetch.post({ ...MESSAGE, url: canary.url }))).toBe('timeout');
    const dripping = createServer((_request, response) => void response.writeHead(200).write('.'));
    await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve));
    // What listens on a port has an address of this kind.
    const { port } = dripping.address() as AddressInfo;
    expect(await failureOf(fetch.post({ ...MESSAGE, url: `http://127.0.0.1:${port}` }))).toBe('timeout');
    dripping.closeAllConnections();
    dripping.close();
    const never: Resolve = () => new Promise(() => undefined);
    expect(await failureOf(fetchWith([], never).post({ ...MESSAGE, url: 'https://never.test' }))).toBe('timeout');
  });

  it('fails with a reason: no encryption, nobody there, too long an answer', async () => {
    const fetch = fetchWith(['127.0.0.0/8'], undefined, 5000);
    const { port } = canary;
    expect(await failureOf(fetch.post({ ...MESSAGE, url: `https://127.0.0.1:${port}` }))).toBe('tls');
    canary.answer = { status: 200, text: 'x'.repeat(1024 ** 2 + 1) };
    expect(await failureOf(fetch.post({ ...MESSAGE, url: canary.url }))).toBe('refused');
    await canary.close();
    expect(await failureOf(fetch.post({ ...MESSAGE, url: canary.url }))).toBe('unreachable');
  });
});
