import type { ErrorCode } from '@bailiwick/contract';

const CODES = [
  'provider_unavailable',
  'provider_refused',
  'provider_expired',
  'provider_stranger',
  'rate_limited',
] as const satisfies readonly ErrorCode[];

/** What the core sends the browser back with; an address may say anything, and nothing of that is shown. */
export const toProviderRefusal = (code: string | null): ErrorCode | undefined =>
  code === null ? undefined : (CODES.find((known) => known === code) ?? 'internal');
