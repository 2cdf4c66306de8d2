'use client';

import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import type {
  Passkey,
  PasskeyAnswer,
  PasskeyAssertion,
  PasskeyCreation,
  PasskeyList,
  PasskeyRequest,
} from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { isPasskeySite } from './passkey-site.rules.ts';

/** The browser or its person did not go through with it; nothing was sent. */
export class PasskeyStopped extends Error {
  constructor(
    readonly reason: 'cancelled' | 'known' | 'unsuited',
    cause: unknown,
  ) {
    super(`passkey: ${reason}`, { cause });
    this.name = 'PasskeyStopped';
  }
}

/** Whether this browser makes and uses passkeys at this address; undefined until the page listens. */
export function usePasskeysWork(): boolean | undefined {
  return useSyncExternalStore(
    () => () => undefined,
    () => browserSupportsWebAuthn() && isPasskeySite(window.location.hostname),
    () => undefined,
  );
}

const PASSKEYS = ['passkeys'];

/** One's own. */
export function usePasskeys(initial: readonly Passkey[]) {
  return useQuery({
    queryKey: PASSKEYS,
    queryFn: ({ signal }) => api<PasskeyList>('GET', '/me/passkeys', { signal }),
    initialData: { items: [...initial], version: '' },
    refetchOnWindowFocus: true,
  });
}

/** After a change of them. */
export function usePasskeysRefresh(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: PASSKEYS }), [queries]);
}

/** Makes one on this device or another and tells the core. */
export async function addPasskey(name: string): Promise<Passkey> {
  const optionsJSON = await api<PasskeyCreation>('POST', '/me/passkeys/creation');
  const passkey = await unlessStopped(() => startRegistration({ optionsJSON }));
  return (await api<PasskeyAnswer>('POST', '/me/passkeys', { body: { name, passkey } })).item;
}

/** What a passkey signs of what the core asks for at `path`. */
export async function signWithPasskey(path: `/${string}`, body: object = {}): Promise<PasskeyAssertion> {
  const optionsJSON = await api<PasskeyRequest>('POST', path, { body });
  return (await unlessStopped(() => startAuthentication({ optionsJSON }))) as PasskeyAssertion;
}

/** Proves again who is there. */
export async function proveByPasskey(): Promise<void> {
  const passkey = await signWithPasskey('/me/step-up/passkey-request');
  await api('POST', '/me/step-up', { body: { passkey } });
}

async function unlessStopped<Result>(ceremony: () => Promise<Result>): Promise<Result> {
  try {
    return await ceremony();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
      throw new PasskeyStopped('known', error);
    throw new PasskeyStopped(
      error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'cancelled' : 'unsuited',
      error,
    );
  }
}
