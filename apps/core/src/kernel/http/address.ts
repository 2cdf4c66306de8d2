import type { Request } from 'express';

/** An IPv4 address that arrived on an IPv6 socket is the same address. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

/** Where a request came from, as far as the trusted proxies tell. */
export const addressOf = ({ ip }: Pick<Request, 'ip'>): string => (ip === undefined ? 'unknown' : plainAddress(ip));
