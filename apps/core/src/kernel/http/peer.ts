import type { IncomingMessage } from 'node:http';

/** Whether an address is one of our proxies, so that what it forwards is believed. */
export type Trust = (address: string, hop: number) => boolean;

export interface Peer {
  readonly address: string;
  /** As the browser named it. */
  readonly host: string | undefined;
}

/** Who is behind a request that never reaches Express: the same rule as its `ip` and `host`. */
export function peerOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, trust: Trust): Peer {
  const nearest = socket.remoteAddress ?? '';
  const hops = [nearest, ...listOf(headers['x-forwarded-for']).reverse()];
  const address = hops.find((hop, position) => !trust(hop, position)) ?? hops.at(-1) ?? nearest;
  const forwardedHost = trust(nearest, 0) ? listOf(headers['x-forwarded-host'])[0] : undefined;
  return { address, host: forwardedHost ?? headers.host };
}

const listOf = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
