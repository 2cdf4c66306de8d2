import type { ErrorEnvelope } from '@bailiwick/contract';
import type * as z from 'zod';
import { invalid } from '../errors.js';
import { toFieldIssues } from '../field-issues.js';
import { newId } from '../ids.js';
import type { Log } from '../log/log.js';
import { toAppError, toEnvelope } from './error-envelope.js';

/** What a client sent over a socket; 400 with the path of every wrong field. */
export function parseMessage<Schema extends z.ZodType>(schema: Schema, message: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(message);
  if (!parsed.success) throw invalid(toFieldIssues(parsed.error));
  return parsed.data;
}

/** Whether whoever sent it waits for an answer. */
export const isCallback = <Answer>(value: unknown): value is (answer: Answer) => void => typeof value === 'function';

/** A failure as it leaves by every other way; what nobody expected leaves its stack in the log, with these words. */
export function toSocketEnvelope(error: unknown, log: Log, words: string): ErrorEnvelope {
  const requestId = newId('req');
  const expected = toAppError(error);
  if (!expected) log.error({ err: error, requestId }, words);
  return toEnvelope(expected, requestId, { raw: false });
}
