import { lookup } from 'node:dns/promises';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, isIPv6, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import * as z from 'zod';
import type { Config } from '../../config.js';
import { isWithin } from '../http/networks.js';
import { isPublicAddress } from './public-address.rules.js';

const WITHIN_MS = 10_000;
const MOST_BYTES = 1024 ** 2;
/** Of OpenSSL and Node: the certificate is not one to trust, or there is no encryption at all. */
const ABOUT_CERTIFICATES = /CERT|SIGNED|ERR_TLS|ERR_SSL|ALTNAME|EPROTO/;

const Reported = z.object({ code: z.string().optional() });

export type FetchFailure = 'address_refused' | 'unreachable' | 'timeout' | 'tls' | 'refused';

/** It did not come to an answer. The words name no address: those of webhooks are secret. */
export class FetchFailed extends Error {
  constructor(
    readonly failure: FetchFailure,
    readonly said: string,
    cause?: unknown,
  ) {
    super(said, { cause });
  }
}

export interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface PostAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly text: string;
}

/** Every address a name has. */
export type Resolve = (name: string) => Promise<readonly string[]>;
const byDns: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

/**
 * Sends to addresses people typed in: over https, to public addresses, or to networks the settings name. What a name
 * leads to is asked once, checked, and that is connected to; nothing is followed elsewhere.
 */
export class SafeFetch {
  constructor(
    private readonly config: Pick<Config, 'BAILIWICK_OUTBOUND_ALLOW' | 'BAILIWICK_OUTBOUND_PORTS'>,
    private readonly resolve: Resolve = byDns,
    private readonly withinMs: number = WITHIN_MS,
  ) {}

  /** Throws `FetchFailed`; every status is an answer. */
  async post(posted: Posted, stopping?: AbortSignal): Promise<PostAnswer> {
    const url = urlOf(posted.url);
    const deadline = AbortSignal.timeout(this.withinMs);
    const signal = stopping ? AbortSignal.any([deadline, stopping]) : deadline;
    try {
      const addresses = await orAborted(this.addressesOf(url), signal);
      return await this.send(url, addresses, posted, signal);
    } catch (error) {
      if (error instanceof FetchFailed) throw error;
      if (deadline.aborted) throw new FetchFailed('timeout', `It did not answer within ${this.withinMs / 1000} seconds.`, error); // prettier-ignore
      throw toFailure(error);
    }
  }

  private async addressesOf(url: URL): Promise<readonly string[]> {
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const addresses = isIP(host) === 0 ? await this.resolve(host) : [host];
    if (addresses.length === 0) throw new FetchFailed('unreachable', 'There is no such host.');
    for (const address of addresses) this.assertPermitted(url, address);
    return addresses;
  }

  /** A network the settings name is known to who runs the panel: there, every port will do, and http. */
  private assertPermitted({ protocol, port }: URL, address: string): void {
    if (isWithin(address, this.config.BAILIWICK_OUTBOUND_ALLOW)) return;
    if (!isPublicAddress(address) || isOwn(address))
      throw new FetchFailed('address_refused', 'That is no public address, and no network BAILIWICK_OUTBOUND_ALLOW names.'); // prettier-ignore
    if (protocol !== 'https:')
      throw new FetchFailed('address_refused', 'Over http it goes only to networks BAILIWICK_OUTBOUND_ALLOW names; use https.'); // prettier-ignore
    if (!this.config.BAILIWICK_OUTBOUND_PORTS.includes(Number(port || 443)))
      throw new FetchFailed('address_refused', `Port ${port} is none BAILIWICK_OUTBOUND_PORTS names.`);
  }

  private send(url: URL, addresses: readonly string[], { headers, body }: Posted, signal: AbortSignal) {
    return new Promise<PostAnswer>((resolve, reject) => {
      const options = {
        method: 'POST',
        agent: false,
        lookup: toThese(addresses),
        signal,
        headers: { ...headers, 'User-Agent': 'Bailiwick', 'Content-Length': String(Buffer.byteLength(body)) },
      };
      const request = url.protocol === 'https:' ? overHttps(url, options) : overHttp(url, options);
      request.once('error', reject);
      request.once('socket', (socket) => {
        // Nothing was written yet: what was connected to is one of those that were checked.
        socket.once('connect', () => {
          if (isOneOf(socket.remoteAddress, addresses)) return;
          request.destroy(new FetchFailed('address_refused', 'It is connected to another address than was checked.'));
        });
      });
      request.once('response', (response) => {
        textOf(response).then(
          (text) => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], text }),
          reject,
        );
      });
      request.end(body);
    });
  }
}

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new FetchFailed('address_refused', 'That is no address of http or https.');
  if (url.username !== '' || url.password !== '')
    throw new FetchFailed('address_refused', 'Leave the name and the password out of the address.');
  return url;
}

const toThese =
  (addresses: readonly string[]): LookupFunction =>
  (_name, { all }, done) => {
    const known = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    const [first] = known;
    if (!first) return done(new Error('There is no address.'), '', 4);
    if (all === true) return done(null, known);
    done(null, first.address, first.family);
  };

const isOwn = (address: string): boolean =>
  Object.values(networkInterfaces()).some((all) => all?.some((own) => own.address === address));

const isOneOf = (address: string | undefined, addresses: readonly string[]): boolean =>
  address !== undefined && addresses.some((each) => isWithin(address, [`${each}/${isIPv6(each) ? 128 : 32}`]));

/** What nobody reads is not waited for. */
async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response) {
    const piece = Buffer.from(part as Uint8Array);
    bytes += piece.length;
    if (bytes > MOST_BYTES) throw new FetchFailed('refused', 'It answered with more than a mebibyte.');
    parts.push(piece);
  }
  return Buffer.concat(parts).toString('utf8');
}

function orAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new Error('It was given up.', { cause: signal.reason }));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

function toFailure(error: unknown): FetchFailed {
  const { code = '' } = Reported.safeParse(error).data ?? {};
  if (ABOUT_CERTIFICATES.test(code)) return new FetchFailed('tls', `The encrypted connection failed (${code}).`, error);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new FetchFailed('unreachable', 'There is no such host.', error); // prettier-ignore
  return new FetchFailed('unreachable', `Nobody answers there${code === '' ? '' : ` (${code})`}.`, error);
}
