import type { Me, SecondFactorKind, SignIn, SignInPasskey, SignInTwoFactor } from '@bailiwick/contract';
import { api, ApiError, rememberCsrf } from '../../lib/api.ts';
import { adoptAppearance } from '../appearance/appearance.ts';
import { signWithPasskey } from '../passkeys/passkeys.ts';

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

/** What the second step is asked with. */
export interface SecondStep {
  readonly challenge: string;
  readonly factors: readonly SecondFactorKind[];
}

/** The second step, where the first was right and was not enough. */
export function secondStepIn(failure: unknown): SecondStep | undefined {
  if (!(failure instanceof ApiError) || failure.envelope.code !== 'two_factor_required') return undefined;
  const { challenge, factors } = failure.envelope.params ?? {};
  if (typeof challenge !== 'string' || !Array.isArray(factors)) return undefined;
  return { challenge, factors: KINDS.filter((kind) => factors.includes(kind)) };
}

const KINDS = ['code', 'recoveryCode', 'passkey'] as const satisfies readonly SecondFactorKind[];

async function enter(path: `/${string}`, body: SignIn | SignInPasskey | SignInTwoFactor): Promise<Me> {
  const me = await api<Me>('POST', path, { body });
  rememberCsrf(me.csrf);
  adoptAppearance(me.appearance);
  return me;
}
