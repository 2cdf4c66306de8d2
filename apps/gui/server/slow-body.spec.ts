import http from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { close, listen } from '../test/upstream.ts';
import { watchBody } from './slow-body.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function aServer(checkMs: number): Promise<number> {
  const server = http.createServer((request, response) => {
    watchBody(request, response, checkMs);
    let bytes = 0;
    request.on('data', (chunk: Buffer) => (bytes += chunk.length));
    request.on('end', () => response.end(String(bytes)));
    request.on('error', () => undefined);
  });
  cleanups.push(() => close(server));
  return listen(server);
}

const post = (port: number, send: (request: http.ClientRequest) => void): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', method: 'POST', agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject);
    send(request);
  });

describe('a body', () => {
  it('that drips is refused', async () => {
    const port = await aServer(50);
    const answer = await post(port, (request) => {
      request.write('x');
      const drip = setInterval(() => request.write('x'), 10);
      request.on('close', () => clearInterval(drip)).on('response', () => clearInterval(drip));
    });
    expect(answer.status).toBe(408);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_request' });
  });

  it('that keeps coming may take as long as it likes', async () => {
    const port = await aServer(50);
    const answer = await post(port, (request) => {
      let sent = 0;
      const flow = setInterval(() => {
        request.write(Buffer.alloc(64 * 1024));
        sent += 1;
        if (sent === 20) {
          clearInterval(flow);
          request.end();
        }
      }, 10);
    });
    expect(answer).toEqual({ status: 200, body: String(20 * 64 * 1024) });
  });

  it('that is complete is left alone however long the answer takes', async () => {
    const server = http.createServer((request, response) => {
      watchBody(request, response, 20);
      request.resume().on('end', () => setTimeout(() => response.end('late'), 150));
    });
    cleanups.push(() => close(server));
    expect(await post(await listen(server), (request) => request.end('x'))).toEqual({ status: 200, body: 'late' });
  });
});
