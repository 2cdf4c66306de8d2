import { status } from '@grpc/grpc-js';
import { nameOf, type Outcome } from './asking.js';
import { unmet } from './checks.js';

/** The answer, or what came instead of one. */
export function answerOf<Answer>(outcome: Outcome<Answer>): Answer {
  if ('answer' in outcome) return outcome.answer;
  return unmet(`${nameOf(outcome.code)}${outcome.details ? `: ${outcome.details}` : ''}`);
}

export function expectCode(outcome: Outcome<unknown>, ...codes: status[]): void {
  if (!codes.includes(outcome.code)) answerOr(outcome);
}

function answerOr(outcome: Outcome<unknown>): never {
  if ('answer' in outcome) return unmet('an answer');
  return unmet(`${nameOf(outcome.code)}${outcome.details ? `: ${outcome.details}` : ''}`);
}

/** It answered in whatever way, and not too late. One that is gone is found by the next look at its health. */
export function expectInTime(outcome: Outcome<unknown>): void {
  if (outcome.code === Number(status.DEADLINE_EXCEEDED)) answerOr(outcome);
}

/** How long something took, which is to stay under a bound. */
export async function within<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  const since = performance.now();
  const result = await work();
  const took = Math.round(performance.now() - since);
  return took <= ms ? result : unmet(`it took ${took} ms`);
}
