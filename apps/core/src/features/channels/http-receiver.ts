import type { ChannelFailure } from '@bailiwick/contract';
import { FetchFailed, type Posted, type SafeFetch } from '../../kernel/outbound/safe-fetch.js';
import { NotTaken, type Taken } from './channel-driver.js';

const MOST_SAID = 300;
const LONGEST_WAIT_MS = 3_600_000;

/** One message over HTTP: taken with a status of 2xx, and only so. */
export async function post(fetch: SafeFetch, posted: Posted, stopping: AbortSignal): Promise<Taken> {
  const { status, retryAfter, text } = await answerOf(fetch, posted, stopping);
  const answer = { status, said: text.trim() === '' ? null : text.trim().slice(0, MOST_SAID) };
  if (status >= 200 && status < 300) return answer;
  throw new NotTaken(failureOf(status), answer, waitOf(retryAfter));
}

export const asJson = (body: object): Pick<Posted, 'headers' | 'body'> => ({
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

async function answerOf(fetch: SafeFetch, posted: Posted, stopping: AbortSignal) {
  try {
    return await fetch.post(posted, stopping);
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error;
    throw new NotTaken(error.failure, { status: null, said: error.said }, undefined, error);
  }
}

function failureOf(status: number): ChannelFailure {
  if (status === 401 || status === 403) return 'login';
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'failing';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

/** Seconds, or a date. */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), LONGEST_WAIT_MS);
}
