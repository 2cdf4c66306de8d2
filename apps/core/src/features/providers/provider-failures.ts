import { isAppError, refused, unauthenticated, unreachable } from '../../kernel/errors.js';
import type { SignInProvider } from '../../sign-in-providers.js';

export const PROVIDER_TIMEOUT_S = 10;

/** What a provider or its library throws becomes one of ours, once. */
export async function asProviderFailure<Result>(
  { label }: Pick<SignInProvider, 'label'>,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (isAppError(error)) throw error;
    if (isAway(error)) throw providerAway(label, error);
    throw providerRefused(label, error);
  }
}

const providerAway = (label: string, cause?: unknown) =>
  unreachable('provider_unavailable', `${label} does not answer. Try again, or sign in another way.`, {
    params: { provider: label },
    cause,
  });
const providerRefused = (label: string, cause?: unknown) =>
  unauthenticated('provider_refused', `${label} did not let you in. Try again, or sign in another way.`, {
    params: { provider: label },
    cause,
  });
export const stranger = (label: string) =>
  refused('provider_stranger', `${label} knows you, but there is no account for you here. Ask an administrator.`, {
    params: { provider: label },
  });

/** Nobody listens, nobody answers in time, or the answer is that of a server in trouble. */
function isAway(error: unknown): boolean {
  // Told by what they say: the library hands on what the platform threw, as the cause of a cause.
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined) {
    if ('name' in at && at.name === 'TimeoutError') return true;
    if ('message' in at && at.message === 'fetch failed') return true;
    if ('code' in at && at.code === 'OAUTH_TIMEOUT') return true;
    if ('status' in at && typeof at.status === 'number') return at.status >= 500;
  }
  return false;
}
