import type { IncomingHttpHeaders } from 'node:http';

/** Headers that speak for somebody else, or that Next obeys: never taken from a client. */
const SPEAKING = [
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'x-matched-path',
  'content-security-policy',
];
const PREFIXES = ['x-forwarded-', 'x-middleware-', 'x-invoke-', 'x-bailiwick-', 'x-vercel-', 'x-next-'];

export interface Peer {
  address: string;
  /** A reverse proxy of ours, whose X-Forwarded-* headers are believed. */
  trusted: boolean;
}

export interface Forwarded {
  for: string;
  proto: 'http' | 'https';
  host: string;
}

/** Who really asks, over what, and for which host. */
export function readForwarded(headers: IncomingHttpHeaders, peer: Peer): Forwarded {
  const host = headers.host ?? '';
  if (!peer.trusted) return { for: peer.address, proto: 'http', host };
  const chain = text(headers['x-forwarded-for']);
  return {
    for: chain === '' ? peer.address : `${chain}, ${peer.address}`,
    proto: lastOf(text(headers['x-forwarded-proto'])) === 'https' ? 'https' : 'http',
    host: lastOf(text(headers['x-forwarded-host'])) || host,
  };
}

/** The request's headers as everybody behind us may read them. */
export function cleanHeaders(headers: IncomingHttpHeaders, forwarded: Forwarded): IncomingHttpHeaders {
  const kept = Object.entries(headers).filter(
    ([name]) => !SPEAKING.includes(name) && !PREFIXES.some((prefix) => name.startsWith(prefix)),
  );
  return {
    ...Object.fromEntries(kept),
    'x-forwarded-for': forwarded.for,
    'x-forwarded-proto': forwarded.proto,
    'x-forwarded-host': forwarded.host,
  };
}

const text = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(', ') : (value ?? '');

/** The entry our own proxy wrote is the last; those before it came from outside. */
const lastOf = (list: string): string => list.split(',').at(-1)?.trim() ?? '';
