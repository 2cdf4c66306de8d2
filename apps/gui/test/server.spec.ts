import http from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aPanel, anUpstream, close, listen, until } from './upstream.ts';

const MIB = 1024 * 1024;
const BIG = 200 * MIB;
const CHUNK = Buffer.alloc(MIB, 7);

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function upstreamUrl(...args: Parameters<typeof anUpstream>): Promise<string> {
  const server = anUpstream(...args);
  const port = await listen(server);
  cleanups.push(() => close(server));
  return `http://127.0.0.1:${port}`;
}

async function panelUrl(...args: Parameters<typeof aPanel>): Promise<string> {
  const panel = await aPanel(...args);
  cleanups.push(() => panel.stop(100));
  return panel.url;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** `fetch` neither sends a Host header nor an X-Forwarded one of our choice over every version; this does. */
const ask = (url: string, options: http.RequestOptions & { body?: string } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end(options.body);
  });

/** What a client of ours would never send. */
const sayRaw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

const peakRss = () => {
  let peak = process.memoryUsage.rss();
  const start = peak;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
  return () => {
    clearInterval(timer);
    return (peak - start) / MIB;
  };
};

describe('what goes to the core', () => {
  it('carries a request as it is: method, path, query, body, cookie, Host', async () => {
    const coreUrl = await upstreamUrl((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () =>
        response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body })),
      );
    });
    const url = await panelUrl({ coreUrl });
    const answer = await ask(`${url}/api/v1/containers?q=a%2Fb&sort=-name`, {
      method: 'POST',
      headers: { cookie: 'bw_session=abc', host: 'localhost:5000', 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect(JSON.parse(answer.body)).toMatchObject({
      method: 'POST',
      url: '/api/v1/containers?q=a%2Fb&sort=-name',
      headers: { cookie: 'bw_session=abc', host: 'localhost:5000', 'x-forwarded-for': '127.0.0.1' },
      body: '{"a":1}',
    });
  });

  it('hands back status, headers and every cookie', async () => {
    const coreUrl = await upstreamUrl((_request, response) => {
      response.writeHead(418, { 'set-cookie': ['a=1; Path=/', 'b=2; Path=/'], etag: '"7"' });
      response.end('teapot');
    });
    const answer = await ask(`${await panelUrl({ coreUrl })}/api/v1/x`);
    expect(answer).toMatchObject({ status: 418, body: 'teapot', headers: { etag: '"7"' } });
    expect(answer.headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; Path=/']);
  });

  it('streams 200 MB down without holding them', async () => {
    const coreUrl = await upstreamUrl((_request, response) => {
      let left = BIG;
      const write = () => {
        while (left > 0) {
          left -= CHUNK.length;
          if (!response.write(CHUNK)) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    });
    const url = await panelUrl({ coreUrl });
    const growth = peakRss();
    const received = await new Promise<number>((resolve, reject) => {
      http
        .get(`${url}/api/v1/download`, (response) => {
          let bytes = 0;
          response.on('data', (chunk: Buffer) => (bytes += chunk.length));
          response.on('end', () => resolve(bytes));
        })
        .on('error', reject);
    });
    expect(received).toBe(BIG);
    expect(growth()).toBeLessThan(120);
  });

  it('streams 200 MB up without holding them, also when the core reads slowly', async () => {
    let received = 0;
    const coreUrl = await upstreamUrl((request, response) => {
      request.on('data', (chunk: Buffer) => {
        received += chunk.length;
        // A reader that lags behind: whoever buffers grows here.
        request.pause();
        setImmediate(() => request.resume());
      });
      request.on('end', () => response.end('done'));
    });
    const url = await panelUrl({ coreUrl });
    const growth = peakRss();
    await new Promise<void>((resolve, reject) => {
      const request = http.request(`${url}/api/v1/upload`, { method: 'POST' }, (response) => {
        response.resume().on('end', resolve);
      });
      request.on('error', reject);
      let left = BIG;
      const write = () => {
        while (left > 0) {
          left -= CHUNK.length;
          if (!request.write(CHUNK)) return void request.once('drain', write);
        }
        request.end();
      };
      write();
    });
    expect(received).toBe(BIG);
    expect(growth()).toBeLessThan(120);
  });

  it('passes a followed answer on line by line, not at its end', async () => {
    let finish = () => undefined as void;
    const coreUrl = await upstreamUrl((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('first\n');
      finish = () => void response.end('last\n');
    });
    const url = await panelUrl({ coreUrl });
    const first = await new Promise<string>((resolve, reject) => {
      http
        .get(`${url}/api/v1/follow`, (response) => response.once('data', (chunk: Buffer) => resolve(chunk.toString())))
        .on('error', reject);
    });
    expect(first).toBe('first\n');
    finish();
  });

  it.each(['DELETE', 'OPTIONS'])('refuses a %s whose chunks the core would read as another request', async (method) => {
    const seen: string[] = [];
    const coreUrl = await upstreamUrl((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.end('ok');
    });
    const { port, host } = new URL(await panelUrl({ coreUrl }));
    const hidden = 'GET /api/v1/hidden HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n';
    const answer = await sayRaw(
      Number(port),
      [
        `${method} /api/v1/x HTTP/1.1`,
        `Host: ${host}`,
        'Transfer-Encoding: chunked',
        'Connection: close',
        '',
        hidden.length.toString(16),
        hidden,
        '0',
        '',
        '',
      ].join('\r\n'),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 411 /);
    await ask(`http://${host}/api/v1/next`);
    expect(seen).toEqual(['GET /api/v1/next']);
  });

  it('carries a DELETE that tells the length of its body', async () => {
    const coreUrl = await upstreamUrl((request, response) => void request.pipe(response));
    const url = await panelUrl({ coreUrl });
    const headers = { 'content-type': 'application/json', 'content-length': 7 };
    const answer = await ask(`${url}/api/v1/containers/x`, { method: 'DELETE', headers, body: '{"a":1}' });
    expect(answer).toMatchObject({ status: 200, body: '{"a":1}' });
  });

  it.each(['*', 'http://127.0.0.1:1/x', 'evil'])('refuses the target %s, which is no path', async (target) => {
    const { port, host } = new URL(await panelUrl({ coreUrl: 'http://127.0.0.1:1' }));
    const lines = [`OPTIONS ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', '', ''];
    expect(await sayRaw(Number(port), lines.join('\r\n'))).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('breaks off where the core broke off, so that nobody waits for the rest or takes the half for the whole', async () => {
    const coreUrl = await upstreamUrl((_request, response) => {
      response.write('the first half');
      setImmediate(() => response.destroy());
    });
    const url = await panelUrl({ coreUrl });
    const ended = new Promise<string>((resolve, reject) => {
      const request = http.get(`${url}/api/v1/containers/ct_1/logs/download`, { agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('error', () => resolve(`broken after: ${body}`)).on('end', () => resolve(`whole: ${body}`));
      });
      request.on('error', reject);
    });
    expect(await ended).toBe('broken after: the first half');
  });

  it('tells the core when the person went away', async () => {
    const gone = new Promise<void>((resolve) => {
      cleanups.push(async () => undefined);
      void upstreamUrl((_request, response) => {
        response.write('x');
        response.on('close', resolve);
      }).then(async (coreUrl) => {
        const url = await panelUrl({ coreUrl });
        const request = http.get(`${url}/api/v1/follow`, (response) => {
          response.on('error', () => undefined);
          response.once('data', () => request.destroy());
        });
        request.on('error', () => undefined);
      });
    });
    await expect(gone).resolves.toBeUndefined();
  });
});

describe('upgrades', () => {
  const upgradeRequest = (path: string, host: string) =>
    [
      `GET ${path} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Cookie: bw_session=abc',
      'X-Forwarded-For: 6.6.6.6',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
      '',
      '',
    ].join('\r\n');

  const open = async (url: string, path: string, host?: string) => {
    const { port } = new URL(url);
    const socket = net.connect(Number(port), '127.0.0.1');
    cleanups.push(async () => void socket.destroy());
    socket.setEncoding('utf8');
    let text = '';
    socket.on('data', (chunk) => (text += String(chunk)));
    socket.on('error', () => undefined);
    socket.write(upgradeRequest(path, host ?? `127.0.0.1:${port}`));
    return { socket, text: () => text };
  };

  it('carries a socket both ways with the cookie, and whoever claims another address is not believed', async () => {
    let seen: http.IncomingHttpHeaders = {};
    const coreUrl = await upstreamUrl(
      (_request, response) => response.end(),
      (request, socket) => {
        seen = request.headers;
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
        socket.on('data', (chunk: Buffer) => socket.write(`echo ${chunk.toString()}`));
        socket.on('end', () => socket.end());
        socket.on('error', () => undefined);
      },
    );
    const { socket, text } = await open(await panelUrl({ coreUrl }), '/socket.io/?EIO=4&transport=websocket');
    await until(
      async () => text(),
      (received) => received.includes('101 Switching'),
    );
    socket.write('hello');
    await until(
      async () => text(),
      (received) => received.endsWith('echo hello'),
    );
    expect(seen).toMatchObject({ cookie: 'bw_session=abc', 'x-forwarded-for': '127.0.0.1' });
  });

  it.each([
    ['an unknown address', '/elsewhere', undefined, /^HTTP\/1\.1 404 /],
    ['a strange host', '/socket.io/', 'evil.example', /^HTTP\/1\.1 421 /],
    ['a core that is away', '/socket.io/', undefined, /^HTTP\/1\.1 503 /],
  ])('answers %s at once and closes', async (_what, path, host, status) => {
    const { socket, text } = await open(await panelUrl({}), path, host);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text()).toMatch(status);
  });

  it('closes without a word when the core breaks an open socket', async () => {
    const coreUrl = await upstreamUrl(
      (_request, response) => response.end(),
      (_request, socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
        socket.on('error', () => undefined);
        socket.once('data', () => (socket instanceof net.Socket ? socket.resetAndDestroy() : socket.destroy()));
      },
    );
    const { socket, text } = await open(await panelUrl({ coreUrl }), '/socket.io/');
    await until(
      async () => text(),
      (received) => received.includes('101 Switching'),
    );
    socket.write('break');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text()).not.toContain('503');
  });

  it('ends one whose person vanishes in the middle of a flood, and nothing else', async () => {
    const VANISHING = 20;
    let ended = 0;
    const coreUrl = await upstreamUrl(
      (_request, response) => response.end('here'),
      (_request, socket) => {
        const flood = () => {
          while (!socket.destroyed && socket.write(CHUNK));
        };
        socket.on('error', () => undefined);
        socket.once('close', () => (ended += 1));
        socket.on('drain', flood);
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
        flood();
      },
    );
    const url = await panelUrl({ coreUrl });
    for (let count = 0; count < VANISHING; count += 1) {
      const { socket } = await open(url, '/socket.io/');
      await new Promise((resolve) => socket.once('data', resolve));
      socket.resetAndDestroy();
    }
    await until(
      async () => ended,
      (count) => count === VANISHING,
    );
    expect((await ask(`${url}/api/v1/anything`)).body).toBe('here');
  });

  it('hands on a refusal of the core instead of a broken socket', async () => {
    const coreUrl = await upstreamUrl(
      (_request, response) => response.end(),
      (_request, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n'),
    );
    const { socket, text } = await open(await panelUrl({ coreUrl }), '/socket.io/');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text()).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe('who is believed', () => {
  const claims = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-proto': 'https', 'x-real-ip': '6.6.6.6' };

  it('drops what a client says of itself', async () => {
    const answer = await ask(await panelUrl({}), { headers: claims });
    expect(JSON.parse(answer.body)).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http' });
    expect(answer.body).not.toContain('6.6.6.6');
  });

  it('believes a trusted proxy', async () => {
    const answer = await ask(await panelUrl({ trustedProxies: ['127.0.0.0/8'] }), { headers: claims });
    expect(JSON.parse(answer.body)).toMatchObject({
      'x-forwarded-for': '6.6.6.6, 127.0.0.1',
      'x-forwarded-proto': 'https',
    });
    expect(answer.headers['strict-transport-security']).toBeDefined();
  });

  it('refuses a host it was not told about, on pages and on the API', async () => {
    const url = await panelUrl({ publicUrl: 'https://panel.example' });
    for (const path of ['/', '/api/v1/me', '/gui/healthz'])
      expect(await ask(url + path, { headers: { host: 'rebind.evil' } })).toMatchObject({ status: 421 });
    expect(await ask(url, { headers: { host: 'panel.example' } })).toMatchObject({ status: 200 });
  });

  it('refuses a strange host also when a forwarded one would do', async () => {
    const url = await panelUrl({ trustedProxies: ['127.0.0.1'] });
    const headers = { host: 'rebind.evil', 'x-forwarded-host': 'localhost' };
    expect(await ask(url, { headers })).toMatchObject({ status: 421 });
  });
});

describe('pages', () => {
  it('carry a policy with a fresh nonce that Next is told as well', async () => {
    const url = await panelUrl({});
    const [first, second] = [await ask(url), await ask(url)];
    const nonceOf = (answer: Answer) => /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1];
    expect(nonceOf(first)).toBeDefined();
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    expect(JSON.parse(first.body)).toMatchObject({
      'content-security-policy': first.headers['content-security-policy'],
    });
    expect(first.headers['content-security-policy']).not.toContain('unsafe-eval');
    expect(first.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
    });
  });

  it('learn their own address from us and from nobody else', async () => {
    const answer = await ask(`${await panelUrl({})}/containers?q=a`, { headers: { 'x-bailiwick-path': '/evil' } });
    expect(JSON.parse(answer.body)).toMatchObject({ 'x-bailiwick-path': '/containers?q=a' });
  });
});

describe('a core that is away', () => {
  it('is an envelope within a moment, and comes back by itself', async () => {
    const core = anUpstream((_request, response) => response.end('{"needed":false}'));
    const port = await listen(core);
    await close(core);
    const url = await panelUrl({ coreUrl: `http://127.0.0.1:${port}` });

    const started = Date.now();
    const away = await ask(`${url}/api/v1/setup`);
    expect(Date.now() - started).toBeLessThan(1000);
    expect(away).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    expect(JSON.parse(away.body)).toMatchObject({ code: 'core_unavailable', requestId: expect.any(String) });
    expect(await ask(`${url}/gui/healthz`)).toMatchObject({ status: 200, body: '{"status":"ok"}' });

    const back = anUpstream((_request, response) => response.end('{"needed":false}'));
    await listen(back, port);
    cleanups.push(() => close(back));
    await until(
      () => ask(`${url}/api/v1/setup`),
      ({ status }) => status === 200,
    );
  });

  it('asks once more when a kept connection was closed under a GET', async () => {
    let requests = 0;
    const coreUrl = await upstreamUrl((request, response) => {
      requests += 1;
      // The second request on a connection meets a core that just went away.
      if (requests === 2) request.socket.destroy();
      else response.end(String(requests));
    });
    const url = await panelUrl({ coreUrl });
    expect((await ask(`${url}/api/v1/a`)).body).toBe('1');
    expect(await ask(`${url}/api/v1/b`)).toMatchObject({ status: 200, body: '3' });
  });

  it('does not ask once more without the body it promised', async () => {
    let requests = 0;
    const coreUrl = await upstreamUrl((request, response) => {
      requests += 1;
      if (requests === 2) request.socket.destroy();
      else response.end('ok');
    });
    const url = await panelUrl({ coreUrl });
    await ask(`${url}/api/v1/a`);
    const answer = await ask(`${url}/api/v1/b`, { headers: { 'content-length': 2 }, body: '{}' });
    expect(answer).toMatchObject({ status: 503 });
    expect(requests).toBe(2);
  });

  it('never sends a POST twice', async () => {
    let posts = 0;
    const coreUrl = await upstreamUrl((request, response) => {
      if (request.method !== 'POST') return void response.end('ok');
      posts += 1;
      request.socket.destroy();
    });
    const url = await panelUrl({ coreUrl });
    await ask(`${url}/api/v1/a`);
    expect(await ask(`${url}/api/v1/b`, { method: 'POST', body: '{}' })).toMatchObject({ status: 503 });
    expect(posts).toBe(1);
  });
});

describe('stopping', () => {
  it('lets a running answer finish and closes open sockets within the time', async () => {
    const coreUrl = await upstreamUrl(
      (_request, response) => setTimeout(() => response.end('finished'), 100),
      (_request, socket) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
        socket.on('error', () => undefined);
        socket.on('end', () => socket.end());
      },
    );
    const panel = await aPanel({ coreUrl });
    const socket = net.connect(Number(new URL(panel.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /socket.io/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));

    const answer = ask(`${panel.url}/api/v1/slow`);
    await new Promise((resolve) => panel.http.once('request', resolve));
    const started = Date.now();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await panel.stop(2000);
    await closed;
    expect(await answer).toMatchObject({ status: 200, body: 'finished' });
    expect(Date.now() - started).toBeLessThan(1500);
  });
});
