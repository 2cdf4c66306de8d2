import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import { type Duplex, Readable } from 'node:stream';
import { createProxyServer } from 'http-proxy-3';
import { CORE_AWAY, refuse, refuseUpgrade, UNKNOWN_LENGTH } from './refusals.ts';

const CONNECT_TIMEOUT_MS = 2_000;

export interface Carrier {
  request(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Carries requests and upgrades to the core as streams: nothing is held, nothing is cut after a time. */
export function createCarrier(coreUrl: string): Carrier {
  const secure = coreUrl.startsWith('https:');
  const agent = secure ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  const proxy = createProxyServer({
    target: coreUrl,
    agent,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A long pull, a followed log and a day-long socket are quiet for as long as they like.
    proxyTimeout: 0,
    timeout: 0,
  });
  // Whoever broke off is gone, and both sides end by their own listeners; unheard, the library throws it at the process.
  proxy.on('error', (_error, _request, place) => void place.destroy());
  const attempts = new WeakMap<IncomingMessage, http.ClientRequest>();
  proxy.on('proxyReq', (attempt, request) => {
    attempts.set(request, attempt);
    // Whether the person keeps a connection open says nothing about ours.
    if (!attempt.headersSent) attempt.setHeader('connection', 'keep-alive');
  });
  proxy.on('proxyRes', (answer, _request, response) => {
    // The library ends an answer only where the core ended it: one that broke off would be waited for for ever.
    answer.once('close', () => !answer.complete && response.destroy());
    delete answer.headers.connection;
    delete answer.headers['keep-alive'];
  });
  const open = new WeakSet<Duplex>();
  proxy.on('proxyReqWs', (attempt, _request, socket) =>
    attempt.once('upgrade', (_answer, toCore) => {
      open.add(socket);
      // The library asks the core to end it; one that goes on talking to nobody would never be let go.
      socket.once('close', () => toCore.destroy());
    }),
  );

  const send = (request: IncomingMessage, response: ServerResponse, options: { buffer?: Readable }, last: boolean) =>
    proxy.web(request, response, options, (error) => {
      if (!last && isStale(error, attempts.get(request), request) && !response.headersSent)
        return send(request, response, { buffer: Readable.from([]) }, true);
      return refuse(response, CORE_AWAY);
    });

  return {
    request: (request, response) => {
      if (losesItsLength(request)) refuse(response, UNKNOWN_LENGTH);
      else send(request, response, {}, false);
    },
    upgrade: (request, socket, head) =>
      // The agent is for short requests: an upgraded connection never comes back to it.
      proxy.ws(request, socket, head, { agent: undefined }, () => {
        if (open.has(socket)) socket.destroy();
        else refuseUpgrade(socket, CORE_AWAY);
      }),
    close: () => {
      agent.destroy();
      proxy.close();
    },
  };
}

/**
 * The library tells the core that these have no body and sends the chunks all the same: the core would read them as a
 * request of their own, past every check of ours, and answer it to whoever uses that connection next.
 */
function losesItsLength({ method, headers }: IncomingMessage): boolean {
  return (method === 'DELETE' || method === 'OPTIONS') && headers['transfer-encoding'] !== undefined;
}

/** The core closed a kept connection just as it was used again: asking once more is right for what changes nothing. */
function isStale(error: Error, attempt: http.ClientRequest | undefined, request: IncomingMessage): boolean {
  const reset = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
  const safe = (request.method === 'GET' || request.method === 'HEAD') && !hasBody(request);
  return reset && safe && attempt?.reusedSocket === true;
}

/** What was sent of it is gone: without it the core would take the next request for the rest of this one. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
