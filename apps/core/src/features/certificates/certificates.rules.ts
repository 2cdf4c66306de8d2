import type { CertificateProblem } from '@bailiwick/contract';
import type { Config } from '../../config.js';

const DAY_MS = 86_400_000;
const HTTPS_PORT = 443;

/** Where a certificate is served. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** What is served there; `doubt`: what speaks against it beside its time. */
export interface ServedCertificate {
  readonly validFromMs: number;
  readonly validUntilMs: number;
  readonly doubt: Extract<CertificateProblem, 'untrusted' | 'name'> | null;
}

type Told = Pick<Config, 'BAILIWICK_PUBLIC_URL' | 'signInProviders' | 'smtp'>;

/** Every place the settings name that speaks TLS from the first byte, each once. */
export function placesOf({ BAILIWICK_PUBLIC_URL, signInProviders, smtp }: Told): Place[] {
  const urls = [BAILIWICK_PUBLIC_URL, ...signInProviders.map(({ issuer }) => issuer)].map((text) => new URL(text));
  const web = urls
    .filter(({ protocol }) => protocol === 'https:')
    .map(({ hostname, port }) => ({ host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port || HTTPS_PORT) }));
  const mail = smtp?.tls === 'tls' ? [{ host: smtp.host, port: smtp.port }] : [];
  return [...new Map([...web, ...mail].map((place) => [nameOf(place), place])).values()];
}

export const nameOf = ({ host, port }: Place): string => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);

/** Null where it will do for so many days. What its time says comes first: it needs another one in any case. */
export function problemOf(
  { validFromMs, validUntilMs, doubt }: ServedCertificate,
  { nowMs, days }: { nowMs: number; days: number },
): CertificateProblem | null {
  if (nowMs >= validUntilMs) return 'expired';
  if (nowMs < validFromMs) return 'early';
  return doubt ?? (validUntilMs - nowMs < days * DAY_MS ? 'expiring' : null);
}
