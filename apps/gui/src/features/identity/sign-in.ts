import type { Me, SignIn, SignInTwoFactor } from '@bailiwick/contract';
import { api, ApiError, rememberCsrf } from '../../lib/api.ts';
import { adoptAppearance } from '../appearance/appearance.ts';

export const signIn = (body: SignIn): Promise<Me> => enter('/sign-in', body);

export const signInTwoFactor = (body: SignInTwoFactor): Promise<Me> => enter('/sign-in/two-factor', body);

/** What the second step is asked with, where the password was right and a code is needed. */
export function challengeIn(failure: unknown): string | undefined {
  if (!(failure instanceof ApiError) || failure.envelope.code !== 'two_factor_required') return undefined;
  const challenge = failure.envelope.params?.['challenge'];
  return typeof challenge === 'string' ? challenge : undefined;
}

async function enter(path: `/${string}`, body: SignIn | SignInTwoFactor): Promise<Me> {
  const me = await api<Me>('POST', path, { body });
  rememberCsrf(me.csrf);
  adoptAppearance(me.appearance);
  return me;
}
