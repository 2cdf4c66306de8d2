import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, Program } from './running-pair.ts';

/** Next's development server rewrites it to name its own types; it is in the repository as the build leaves it. */
const rewritten = path.resolve(import.meta.dirname, '../next-env.d.ts');
const before = readFileSync(rewritten);

let port: number;
let panel: Program;
beforeAll(async () => {
  port = await freePort();
  panel = new Program('apps/gui', 'dist/server.mjs', {
    NODE_ENV: 'development',
    BAILIWICK_ENV: 'development',
    // As in a container, where the address it listens at is not the one people type.
    BAILIWICK_GUI_HOST: '0.0.0.0',
    BAILIWICK_GUI_PORT: String(port),
    BAILIWICK_PUBLIC_URL: `http://127.0.0.1:${port}`,
  });
  await panel.answers(`http://127.0.0.1:${port}/gui/healthz`);
  // Next listens for its hot reload from the first page on.
  await (await fetch(`http://127.0.0.1:${port}/icon.svg`)).text();
}, 60_000);
afterAll(async () => {
  await panel?.stop();
  writeFileSync(rewritten, before);
});

const upgrade = (origin: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const lines = [
      'GET /_next/hmr?id=a HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Origin: ${origin}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    socket.setEncoding('utf8');
    socket.once('data', (answer: string) => {
      resolve(answer);
      socket.destroy();
    });
    socket.once('end', () => resolve(''));
    socket.once('error', reject);
  });

describe('the panel in development', () => {
  it('gives pages of its own host their hot reload', async () =>
    expect(await upgrade(`http://127.0.0.1:${port}`)).toMatch(/^HTTP\/1\.1 101 /));

  it('gives it to no page of another host', async () =>
    expect(await upgrade('http://elsewhere.example')).not.toMatch(/ 101 /));
});
