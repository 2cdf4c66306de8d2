import type { ErrorCode, ErrorEnvelope } from '@bailiwick/contract';
import { proveAgain } from './step-up.ts';

/** A refusal or failure in the core's words; `code` is what the panel turns into a sentence. */
export class ApiError extends Error {
  constructor(
    readonly envelope: ErrorEnvelope,
    readonly status: number,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(envelope.message);
    this.name = 'ApiError';
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export interface ApiOptions {
  body?: unknown;
  signal?: AbortSignal;
  /** Given by the caller when one intent may be sent twice; else each call has its own. */
  idempotencyKey?: string;
  /** Which bytes of the answer are wanted, as the header says it. */
  range?: string;
}

let csrf: string | null = null;
let onSessionEnded: () => void = () => undefined;
const answeredListeners = new Set<() => void>();

/** Handed over with the page by `/me`; every mutation carries it. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

/** For requests that are not made here: each of them that changes something carries it. */
export const csrfToken = (): string => csrf ?? '';

/** Whoever shows the "session ended" dialog registers here. */
export function whenSessionEnds(listener: () => void): () => void {
  onSessionEnded = listener;
  return () => {
    onSessionEnded = () => undefined;
  };
}

/** Told by a socket or an answer that nobody is signed in any more. */
export function sessionEnded(): void {
  onSessionEnded();
}

/** Told of every answer a signed-in person got: each of them keeps the session alive. */
export function onAnswered(listener: () => void): () => void {
  answeredListeners.add(listener);
  return () => answeredListeners.delete(listener);
}

/**
 * One request to the core through the panel's own origin. `Answer` is the contract's type for this route: the core
 * checks what it sends against the same schema, so the browser does not carry a second validator.
 */
export async function api<Answer = void>(
  method: Method,
  path: `/${string}`,
  options: ApiOptions = {},
): Promise<Answer> {
  // Chosen before the first try: what is sent again after a refusal is the same intent.
  const idempotencyKey = options.idempotencyKey ?? newIdempotencyKey();
  return attempt(method, path, { ...options, idempotencyKey }, readBody<Answer>);
}

/** The same for what is read as plain text. */
export const apiText = (path: `/${string}`, options: Pick<ApiOptions, 'signal'> = {}): Promise<string> =>
  attempt('GET', path, options, (response) => response.text());

/** The same for what is no text. */
export const apiBytes = (
  path: `/${string}`,
  options: Pick<ApiOptions, 'signal' | 'range'> = {},
): Promise<Uint8Array<ArrayBuffer>> =>
  attempt('GET', path, options, async (response) => new Uint8Array(await response.arrayBuffer()));

/** A fresh key: the same intent sent again with the same key has one effect. */
export function newIdempotencyKey(): string {
  // randomUUID exists on https only; a panel on a plain address in the local network needs keys as well.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send(
  method: Method,
  path: string,
  { body, signal, idempotencyKey, range }: ApiOptions,
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf !== null) headers['x-csrf'] = csrf;
  if (range !== undefined) headers['range'] = range;
  if ((method === 'POST' || method === 'DELETE') && idempotencyKey !== undefined)
    headers['idempotency-key'] = idempotencyKey;
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers,
      cache: 'no-store',
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(unreachable(), 503);
  }
}

/** Refusals that can be mended once and the request sent again: with a fresh token, or after a proof of who is there. */
const MENDS: Partial<Record<ErrorCode, () => Promise<boolean>>> = {
  csrf_failed: renewCsrf,
  step_up_required: proveAgain,
};

async function attempt<Answer>(
  method: Method,
  path: `/${string}`,
  options: ApiOptions,
  read: (response: Response) => Promise<Answer>,
  mended: ReadonlySet<ErrorCode> = new Set(),
): Promise<Answer> {
  const response = await send(method, path, options);
  if (response.ok) {
    for (const listener of [...answeredListeners]) listener();
    return read(response);
  }
  const failure = await toApiError(response);
  const { code } = failure.envelope;
  if (code === 'unauthenticated' && csrf !== null) sessionEnded();
  const mend = mended.has(code) ? undefined : MENDS[code];
  if (mend && (await mend())) return attempt(method, path, options, read, new Set([...mended, code]));
  throw failure;
}

async function readBody<Answer>(response: Response): Promise<Answer> {
  const text = await response.text();
  // The one place where the wire is trusted; see the note on `api`.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- JSON.parse cannot know the route's type
  const answer: Answer = text === '' ? undefined : JSON.parse(text);
  return answer;
}

async function toApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(
    isEnvelope(body) ? body : unreadable(response),
    response.status,
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

async function renewCsrf(): Promise<boolean> {
  const response = await send('GET', '/me', {});
  if (!response.ok) return false;
  const body: unknown = await response.json();
  if (typeof body !== 'object' || body === null || !('csrf' in body) || typeof body.csrf !== 'string') return false;
  rememberCsrf(body.csrf);
  return true;
}

/** Whether an answer is a refusal in the core's words. */
export const isEnvelope = (body: unknown): body is ErrorEnvelope =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  typeof body.code === 'string' &&
  'message' in body &&
  typeof body.message === 'string' &&
  'requestId' in body;

const unreachable = (): ErrorEnvelope => ({
  code: 'core_unavailable',
  message: 'The panel does not answer.',
  requestId: 'none',
});

const unreadable = (response: Response): ErrorEnvelope => ({
  code: 'internal',
  message: `The answer could not be read (status ${response.status}).`,
  requestId: response.headers.get('x-request-id') ?? 'none',
});
