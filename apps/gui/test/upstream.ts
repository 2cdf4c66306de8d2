import http, { type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { createPanelServer, type Pages, type PanelServer } from '../server/panel-server.ts';
import type { Config } from '../server/config.ts';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export const listen = (server: Server, port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(portOf(server)));
  });

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** A core of a few lines: answers what the test tells it to. */
export function anUpstream(
  listener: RequestListener,
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): Server {
  const server = http.createServer(listener);
  if (upgrade) server.on('upgrade', upgrade);
  return server;
}

function aConfig(overrides: Partial<Config> = {}): Config {
  return {
    mode: 'test',
    host: '127.0.0.1',
    port: 0,
    coreUrl: 'http://127.0.0.1:1',
    publicUrl: undefined,
    allowedHosts: [],
    trustedProxies: [],
    ...overrides,
  };
}

const plainPages: Pages = {
  request: async (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.headers));
  },
};

export async function aPanel(
  overrides: Partial<Config>,
  pages: Pages = plainPages,
): Promise<PanelServer & { url: string }> {
  const panel = createPanelServer(aConfig(overrides), () => pages);
  const port = await listen(panel.http);
  return { ...panel, url: `http://127.0.0.1:${port}` };
}

/** Asks again until the answer is right or the time is over. */
export async function until<Value>(
  ask: () => Promise<Value>,
  right: (value: Value) => boolean,
  withinMs = 5000,
): Promise<Value> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await ask();
    if (right(value)) return value;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms; last: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
