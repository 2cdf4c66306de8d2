import { isIP } from 'node:net';
import { type PasskeyAssertion, type PasskeyAttestation, UserId } from '@bailiwick/contract';
import * as z from 'zod';

/** Where passkeys are made and used: WebAuthn's relying party, and the pages that may speak for it. */
export interface PasskeySite {
  readonly id: string;
  readonly origins: readonly string[];
}

/** The site of a host that is ours already; undefined for a bare address, which no passkey can be made for. */
export function passkeySiteAt(
  host: string,
  { publicUrl, secure }: { publicUrl: string; secure: boolean },
): PasskeySite | undefined {
  const address = `${secure ? 'https' : 'http'}://${host}`;
  if (!URL.canParse(address)) return undefined;
  const here = new URL(address);
  if (isIP(here.hostname) !== 0 || here.hostname.startsWith('[')) return undefined;
  const panel = new URL(publicUrl);
  const origins = new Set([here.origin, ...(panel.hostname === here.hostname ? [panel.origin] : [])]);
  return { id: here.hostname, origins: [...origins] };
}

const ClientData = z.object({ challenge: z.string() });

/** What the browser says was signed; undefined where it cannot be read. */
export function challengeSigned({ response }: PasskeyAssertion | PasskeyAttestation): string | undefined {
  try {
    const text = Buffer.from(response.clientDataJSON, 'base64url').toString('utf8');
    return ClientData.safeParse(JSON.parse(text)).data?.challenge;
  } catch {
    // Whatever it is, it is no client data.
    return undefined;
  }
}

/** Whose passkey it is, as the authenticator keeps it. */
export const toUserHandle = (id: UserId): string => Buffer.from(id, 'utf8').toString('base64url');

/** The person an authenticator names; undefined where it names none of ours. */
export const userNamedIn = ({ response }: PasskeyAssertion): UserId | undefined =>
  UserId.safeParse(Buffer.from(response.userHandle ?? '', 'base64url').toString('utf8')).data;
