import type { Me, SignIn, PasskeyProof, SignInTwoFactor } from '@bailiwick/contract';
import { api, ApiError, rememberCsrf } from '../../lib/api.ts';
import { adoptAppearance } from '../appearance/appearance.ts';
import { signWithPasskey } from '../passkeys/passkeys.ts';
import { type SecondStep, toSecondStep } from './second-step.rules.ts';

export const signIn = (body: SignIn): Promise<Me> => enter('/sign-in', body);

export const signInTwoFactor = (body: SignInTwoFactor): Promise<Me> => enter('/sign-in/two-factor', body);

/** By a passkey alone: the authenticator knows whose it is. */
export async function signInByPasskey(): Promise<Me> {
  return enter('/sign-in/passkey', { passkey: await signWithPasskey('/sign-in/passkey/request') });
}

/** By a passkey in place of the code. */
export async function passSecondStepByPasskey(challenge: string): Promise<Me> {
  const passkey = await signWithPasskey('/sign-in/two-factor/passkey-request', { challenge });
  return signInTwoFactor({ challenge, passkey });
}

/** The second step, where the first was right and was not enough. */
export const secondStepIn = (failure: unknown): SecondStep | undefined =>
  failure instanceof ApiError && failure.envelope.code === 'two_factor_required'
    ? toSecondStep(failure.envelope.params)
    : undefined;

async function enter(path: `/${string}`, body: SignIn | PasskeyProof | SignInTwoFactor): Promise<Me> {
  const me = await api<Me>('POST', path, { body });
  rememberCsrf(me.csrf);
  adoptAppearance(me.appearance);
  return me;
}
