import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createCarrier } from './carrier.ts';
import type { Config } from './config.ts';
import { cleanHeaders, type Forwarded, readForwarded } from './forwarded.rules.ts';
import { allowedHosts, isAllowedHost } from './hosts.rules.ts';
import { networksOf } from './networks.ts';
import { NO_PATH, refuse, refuseUpgrade, STRANGE_HOST, UNKNOWN_UPGRADE } from './refusals.ts';
import { contentSecurityPolicy, newNonce, setSecurityHeaders } from './security-headers.ts';
import { watchBody } from './slow-body.ts';

const HEADERS_TIMEOUT_MS = 10_000;
const CHECK_CONNECTIONS_MS = 2_000;
const KEEP_ALIVE_MS = 75_000;
const MOST_CONNECTIONS = 20_000;
const MOST_HEADER_BYTES = 16 * 1024;
const MOST_HEADERS = 100;
const MOST_REQUESTS_PER_SOCKET = 1_000;
const CARRIED = /^\/(api|socket\.io)(\/|\?|$)/;
const HEALTH = /^\/gui\/healthz(\?|$)/;

/** Whoever renders the pages: Next in the product, a few lines in a test. */
export interface Pages {
  request: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Only in development: the page's hot reload. Says whether anybody listens for it yet. */
  upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
}

export interface PanelServer {
  http: http.Server;
  /** Resolves when nothing is open any more, at the latest after `withinMs`. */
  stop(withinMs: number): Promise<void>;
}

/** One door: `/api` and `/socket.io` go to the core as they are, everything else is a page. */
export function createPanelServer(config: Config, pages: () => Pages): PanelServer {
  const carrier = createCarrier(config.coreUrl);
  const allowed = allowedHosts(config.publicUrl, config.allowedHosts);
  const isTrusted = networksOf(config.trustedProxies);
  const upgraded = new Set<Duplex>();

  const admit = (request: IncomingMessage): Forwarded | null => {
    const address = request.socket.remoteAddress ?? '';
    const forwarded = readForwarded(request.headers, { address, trusted: isTrusted(address) });
    // Both: the name the browser asked for, and the one the core will look at.
    if (!isAllowedHost(forwarded.host, allowed) || !isAllowedHost(request.headers.host ?? '', allowed)) return null;
    request.headers = cleanHeaders(request.headers, forwarded);
    return forwarded;
  };

  const server = http.createServer(
    { maxHeaderSize: MOST_HEADER_BYTES, connectionsCheckingInterval: CHECK_CONNECTIONS_MS, requestTimeout: 0 },
    (request, response) => {
      const forwarded = admit(request);
      if (!forwarded) return refuse(response, STRANGE_HOST);
      const url = request.url ?? '/';
      // `*`, and whole addresses, which Next would take for a place to send the request on to.
      if (!url.startsWith('/')) return refuse(response, NO_PATH);
      watchBody(request, response);
      if (CARRIED.test(url)) return carrier.request(request, response);
      if (HEALTH.test(url)) return answerHealth(response);
      return servePage(request, response, { pages: pages(), forwarded, development: config.mode === 'development' });
    },
  );
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.timeout = 0;
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = MOST_HEADERS;
  server.maxRequestsPerSocket = MOST_REQUESTS_PER_SOCKET;

  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    // A connection that breaks is the end of the upgrade, not of the panel.
    socket.on('error', () => socket.destroy());
    if (!admit(request)) return refuseUpgrade(socket, STRANGE_HOST);
    if (!request.url?.startsWith('/')) return refuseUpgrade(socket, NO_PATH);
    if (CARRIED.test(request.url)) return carrier.upgrade(request, socket, head);
    if (!pages().upgrade?.(request, socket, head)) refuseUpgrade(socket, UNKNOWN_UPGRADE);
  });

  return { http: server, stop: (withinMs) => stop(server, upgraded, withinMs).finally(() => carrier.close()) };
}

interface PageContext {
  pages: Pages;
  forwarded: Forwarded;
  development: boolean;
}

function servePage(request: IncomingMessage, response: ServerResponse, context: PageContext): void {
  const policy = contentSecurityPolicy(newNonce(), context.development);
  setSecurityHeaders(response, policy, context.forwarded.proto);
  // Next takes the nonce for its own scripts from the request's policy.
  request.headers['content-security-policy'] = policy;
  request.headers['x-bailiwick-path'] = request.url;
  void context.pages.request(request, response);
}

function answerHealth(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end('{"status":"ok"}');
}

async function stop(server: http.Server, upgraded: Set<Duplex>, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // Sockets live as long as their pages; whoever holds one comes back to the next panel by itself.
  for (const socket of upgraded) socket.destroy();
  const timer = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(timer);
}
