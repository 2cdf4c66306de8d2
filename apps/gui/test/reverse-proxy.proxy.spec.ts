import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { io } from 'socket.io-client';
import * as z from 'zod';
import { freePort, isListening, Program, type RunningPair, startPair } from './running-pair.ts';

const HOST = 'panel.example.com';
/** Whoever asks comes from another address than the proxies do. */
const PERSON = '127.0.0.2';
const paper = readFileSync(path.resolve(import.meta.dirname, '../../../docs/reverse-proxy.md'), 'utf8');
const sampleOf = (language: string): string => {
  const [, sample] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(paper) ?? [];
  if (!sample) throw new Error(`docs/reverse-proxy.md shows no ${language} sample`);
  return sample;
};

interface Place {
  folder: string;
  port: number;
  guiPort: number;
  certificate: string;
  key: string;
}

/** The sample of the paper as it stands, with this run's ports and certificate in it. */
const PROXIES: Record<string, (place: Place) => Program> = {
  nginx: ({ folder, port, guiPort, certificate, key }) => {
    const site = sampleOf('nginx')
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('/etc/ssl/panel.pem', certificate)
      .replace('/etc/ssl/panel.key', key)
      .replace('127.0.0.1:5000', `127.0.0.1:${guiPort}`);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    writeFileSync(
      path.join(folder, 'nginx.conf'),
      `daemon off; pid ${folder}/pid; error_log stderr;\nevents {}\nhttp { access_log off;\n${temporary
        .map((name) => `${name}_temp_path ${folder}/${name};`)
        .join('\n')}\n${site}\n}\n`,
    );
    return new Program(folder, process.env['NGINX_PATH'] ?? 'nginx', {}, [
      '-p',
      folder,
      '-c',
      path.join(folder, 'nginx.conf'),
    ]);
  },
  caddy: ({ folder, port, guiPort, certificate, key }) => {
    const [, site] = /(panel\.example\.com \{.*?\n\})/s.exec(sampleOf('caddyfile')) ?? [];
    if (!site) throw new Error('docs/reverse-proxy.md shows no Caddy site');
    const own = site
      .replace(`${HOST} {`, `https://${HOST}:${port} {\n  bind 127.0.0.1\n  tls ${certificate} ${key}`)
      .replace('127.0.0.1:5000', `127.0.0.1:${guiPort}`);
    writeFileSync(path.join(folder, 'Caddyfile'), `{\n  admin off\n  auto_https disable_redirects\n}\n${own}\n`);
    const env = { XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder };
    return new Program(folder, process.env['CADDY_PATH'] ?? 'caddy', env, [
      'run',
      '--config',
      path.join(folder, 'Caddyfile'),
      '--adapter',
      'caddyfile',
    ]);
  },
};

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

describe.each(Object.keys(PROXIES))('the panel behind %s, as docs/reverse-proxy.md says', (name) => {
  let folder: string;
  let port: number;
  let pair: RunningPair;
  let proxy: Program;
  let cookie: string;

  const ask = (
    method: string,
    url: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
  ) =>
    new Promise<Answer>((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const request = https.request(
        {
          host: '127.0.0.1',
          port,
          method,
          path: url,
          localAddress: PERSON,
          servername: HOST,
          rejectUnauthorized: false,
          headers: {
            Host: `${HOST}:${port}`,
            ...(text === undefined
              ? {}
              : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
            ...headers,
          },
        },
        (response) => {
          let received = '';
          response.setEncoding('utf8').on('data', (part: string) => (received += part));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text: received }),
          );
        },
      );
      request.on('error', reject).end(text);
    });

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-proxy-'));
    mkdirSync(path.join(folder, 'logs'));
    const [certificate, key] = [path.join(folder, 'panel.pem'), path.join(folder, 'panel.key')];
    const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, '-keyout', key, '-out', certificate],
      { stdio: 'ignore' },
    );
    port = await freePort();
    pair = await startPair({ BAILIWICK_PUBLIC_URL: `https://${HOST}:${port}` });
    const start = PROXIES[name];
    if (!start) throw new Error(`no such proxy: ${name}`);
    proxy = start({ folder, port, guiPort: pair.guiPort, certificate, key });
    await proxy.ready(name, () => isListening(port));
  }, 60_000);

  afterAll(async () => {
    await proxy?.stop();
    await pair?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves pages that know they are on https', async () => {
    const page = await ask('GET', '/login');
    expect(page.status).toBeLessThan(400);
    expect(page.headers['strict-transport-security']).toContain('max-age');
  });

  it('makes the first person owner with a cookie that stays on https', async () => {
    const claim = await ask('POST', '/api/v1/setup', {
      headers: { Origin: `https://${HOST}:${port}`, 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': '203.0.113.9' },
      body: { token: pair.setupToken(), username: 'first', displayName: 'First', password: 'correct horse battery' },
    });
    expect({ status: claim.status, text: claim.text }).toMatchObject({ status: 201 });
    const [set = ''] = [claim.headers['set-cookie'] ?? []].flat();
    expect(set).toMatch(/^__Host-bw_session=[^;]+;.*Secure/);
    cookie = set.split(';')[0] ?? '';
  });

  it("records the person's own address, not the proxy's and not one the person made up", async () => {
    const audit = await ask('GET', '/api/v1/audit', { headers: { Cookie: cookie } });
    const { items } = z
      .object({ items: z.array(z.object({ address: z.string().nullable() })) })
      .parse(JSON.parse(audit.text));
    const addresses = items.map(({ address }) => address).filter((address) => address !== null);
    expect(new Set(addresses)).toEqual(new Set([PERSON]));
  });

  it('refuses a name that is not the panel', async () => {
    const answer = await ask('GET', '/api/v1/me', { headers: { Host: 'evil.example', Cookie: cookie } });
    expect(answer.text).not.toContain('"user"');
    expect(name === 'nginx' ? answer.status : 421).toBe(421);
  });

  it('refuses a change that another site sends', async () => {
    const answer = await ask('POST', '/api/v1/sign-in', {
      headers: { Origin: 'https://evil.example' },
      body: { username: 'first', password: 'correct horse battery' },
    });
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 403 });
    expect(answer.text).toContain('origin_refused');
  });

  it('keeps a live socket open', async () => {
    const socket = io(`https://127.0.0.1:${port}/live`, {
      transports: ['websocket'],
      reconnection: false,
      rejectUnauthorized: false,
      extraHeaders: { Host: `${HOST}:${port}`, Origin: `https://${HOST}:${port}`, Cookie: cookie },
    });
    try {
      await new Promise<void>((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject));
      // Longer than the minute after which proxies end a quiet connection, where there is time for it.
      const heldMs = process.env['BAILIWICK_TEST_DEEP'] ? 90_000 : 2000;
      const closed = await Promise.race([
        new Promise<string>((resolve) => socket.on('disconnect', resolve)),
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), heldMs)),
      ]);
      expect(closed).toBeUndefined();
    } finally {
      socket.disconnect();
    }
  }, 120_000);
});
