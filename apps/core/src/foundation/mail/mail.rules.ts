import type { MailFailure } from '@bailiwick/contract';

const FIRST_WAIT_MS = 5000;
const LONGEST_WAIT_MS = 3_600_000;
/** With an hour between the last ones it is about a day. */
export const MOST_ATTEMPTS = 30;

/** How long to wait after so many attempts: 5 s, 20 s, 80 s … an hour. */
export const waitAfter = (attempts: number): number =>
  Math.min(FIRST_WAIT_MS * 4 ** Math.max(0, attempts - 1), LONGEST_WAIT_MS);

/** Whether another attempt makes sense. */
export const isOver = (
  failure: MailFailure,
  { attempts, giveUpAt }: { attempts: number; giveUpAt: number },
  now: number,
): boolean => failure === 'refused' || attempts >= MOST_ATTEMPTS || now >= giveUpAt;

interface Reported {
  readonly code?: string | undefined;
  readonly responseCode?: number | undefined;
}

const BY_CODE: Readonly<Record<string, MailFailure>> = {
  ETIMEDOUT: 'timeout',
  ETLS: 'tls',
  EREQUIRETLS: 'tls',
  EAUTH: 'login',
  ENOAUTH: 'login',
  EDNS: 'unreachable',
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
};
/** Of OpenSSL and Node: the certificate is not one to trust. */
const ABOUT_CERTIFICATES = /CERT|SIGNED|ERR_TLS|ERR_SSL|ALTNAME/;

/** What a failed attempt means. A login that is refused may be set right, so it is tried again. */
export function failureOf({ code = '', responseCode }: Reported): MailFailure {
  const own = BY_CODE[code];
  if (own === 'login' || own === 'tls') return own;
  if (ABOUT_CERTIFICATES.test(code)) return 'tls';
  if (responseCode !== undefined && responseCode >= 500) return 'refused';
  if (responseCode !== undefined && responseCode >= 400) return 'deferred';
  return own ?? 'unreachable';
}
