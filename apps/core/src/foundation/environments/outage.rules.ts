import { OutageCode } from '@bailiwick/contract';
import { isAppError } from '../../kernel/errors.js';

/** Why an engine cannot be reached, and what a person can do about it. */
export interface OutageReason {
  readonly code: OutageCode;
  readonly hint: string;
}

const HINTS: Readonly<Record<OutageCode, string>> = {
  no_engine: 'Install Docker, or set BAILIWICK_DOCKER_HOST to the address of an engine.',
  no_permission: 'Let the user the core runs as use the socket, for example by adding it to the group docker.',
  engine_down: 'Start the engine; the panel reconnects by itself.',
  engine_hangs: 'The engine takes connections and does not answer. Look at its log and restart it.',
  engine_too_old: 'Update the engine to Docker 20.10 or newer.',
  connection_lost: 'The engine ended the connection; the panel reconnects by itself.',
};

/** The engine as a whole is not there, as opposed to one request being refused. */
export const isOutage = (error: unknown): boolean =>
  isAppError(error, 'engine_unavailable') || isAppError(error, 'engine_timeout');

export function toOutageReason(error: unknown): OutageReason {
  const code = isAppError(error) ? error.params?.['reason'] : undefined;
  const known = OutageCode.safeParse(code).data ?? 'connection_lost';
  return { code: known, hint: hintFor(known) };
}

export const hintFor = (code: OutageCode): string => HINTS[code];
