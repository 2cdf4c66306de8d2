import { randomBytes } from 'node:crypto';
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ErrorCode, ErrorEnvelope } from '@bailiwick/contract';

export interface Refusal {
  status: number;
  code: ErrorCode;
  message: string;
  hint?: string;
  retryAfterSeconds?: number;
}

export const CORE_AWAY: Refusal = {
  status: 503,
  code: 'core_unavailable',
  message: 'The core service does not answer.',
  hint: 'Look whether it runs; the panel keeps trying.',
  retryAfterSeconds: 2,
};
export const STRANGE_HOST: Refusal = {
  status: 421,
  code: 'host_refused',
  message: 'The panel does not answer to this host name.',
  hint: 'Set BAILIWICK_PUBLIC_URL, or add the name to BAILIWICK_ALLOWED_HOSTS.',
};
export const UNKNOWN_UPGRADE: Refusal = {
  status: 404,
  code: 'not_found',
  message: 'There is nothing to connect to at this address.',
};
export const SLOW_BODY: Refusal = {
  status: 408,
  code: 'invalid_request',
  message: 'The body arrives too slowly.',
};

export const UNKNOWN_LENGTH: Refusal = {
  status: 411,
  code: 'invalid_request',
  message: 'Tell the length of the body with Content-Length.',
};
export const NO_PATH: Refusal = {
  status: 400,
  code: 'invalid_request',
  message: 'Ask for a path that begins with a slash.',
};

/** The same envelope the core answers with, so that every client reads one shape. */
export function refuse(response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(toEnvelope(refusal));
  response.writeHead(refusal.status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(refusal.retryAfterSeconds === undefined ? {} : { 'Retry-After': refusal.retryAfterSeconds }),
  });
  response.end(body);
}

/** An upgrade has no response object yet; the socket itself is answered and closed. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  if (!socket.writable) return;
  const body = JSON.stringify(toEnvelope(refusal));
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

const toEnvelope = ({ code, message, hint }: Refusal): ErrorEnvelope => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
  requestId: `gui_${randomBytes(9).toString('base64url')}`,
});
