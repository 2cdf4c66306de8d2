import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningPair, startPair } from './running-pair.ts';

let pair: RunningPair;
beforeAll(async () => {
  pair = await startPair();
  // From its first page on Next listens to everything that happens on the server it was given.
  await (await fetch(`http://127.0.0.1:${pair.guiPort}/login`)).text();
}, 60_000);
afterAll(() => pair?.stop());

const upgrade = (target: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const host = `127.0.0.1:${pair.guiPort}`;
    const lines = [
      `GET ${target} HTTP/1.1`,
      `Host: ${host}`,
      `Origin: http://${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    const socket = net.connect(pair.guiPort, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });

describe('the built panel in front of the built core', () => {
  it.each([
    '/api/v1/events?topics=containers',
    '/api/v1/logs/stream?container=ct_x',
    '/socket.io/?EIO=4&transport=websocket',
  ])('leaves the upgrade of %s to the core', async (target) =>
    expect(await upgrade(target)).toMatch(/^HTTP\/1\.1 401 /),
  );
});
