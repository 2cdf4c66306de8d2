import type { PasskeyAssertion, PasskeyAttestation } from '@bailiwick/contract';
import { unauthenticated } from '../../kernel/errors.js';
import type { PasskeyRow } from './passkey.entity.js';
import type { PasskeySite } from './passkeys.rules.js';

/** Ed25519, ECDSA with P-256, RSA: in the order we like them. */
export const ALGORITHMS = [-8, -7, -257] as const;

export interface Expected {
  readonly challenge: string;
  readonly site: PasskeySite;
}
export type MadePasskey = Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'synced'>;

/** 401 unless it was made on a page of ours for this very challenge, by a person the authenticator verified. */
export async function verifyAttestation(
  { id, rawId, type, response: { clientDataJSON, attestationObject, transports = [] } }: PasskeyAttestation,
  { challenge, site }: Expected,
): Promise<MadePasskey> {
  // Loaded by whoever needs it: certificates of every maker come with it.
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const made = await refusing(() =>
    verifyRegistrationResponse({
      response: { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
      expectedChallenge: challenge,
      expectedOrigin: [...site.origins],
      expectedRPID: site.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...ALGORITHMS],
    }),
  );
  if (!made.verified) throw passkeyRefused();
  const { credential, credentialBackedUp } = made.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports,
    synced: credentialBackedUp,
  };
}

/** 401 unless that passkey signed this very challenge on a page of ours; answers its new counter. */
export async function verifyAssertion(
  { id, rawId, type, response: { clientDataJSON, authenticatorData, signature } }: PasskeyAssertion,
  { challenge, site }: Expected,
  { credentialId, publicKey, counter }: PasskeyRow,
): Promise<{ counter: number; synced: boolean }> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const proved = await refusing(() =>
    verifyAuthenticationResponse({
      response: { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, authenticatorData, signature } }, // prettier-ignore
      expectedChallenge: challenge,
      expectedOrigin: [...site.origins],
      expectedRPID: site.id,
      requireUserVerification: true,
      credential: { id: credentialId, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter },
    }),
  );
  if (!proved.verified) throw passkeyRefused();
  const { newCounter, credentialBackedUp } = proved.authenticationInfo;
  return { counter: newCounter, synced: credentialBackedUp };
}

/** The library throws for everything that does not fit, each time in other words. */
async function refusing<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify();
  } catch (error) {
    throw passkeyRefused(error);
  }
}

export const passkeyRefused = (cause?: unknown) =>
  unauthenticated('passkey_refused', 'This passkey was not accepted. Try again, or sign in another way.', { cause });
