import { generateSecret, generateURI, verify } from 'otplib';

const PERIOD_S = 30;

/** 160 random bits in base32. */
export const newTotpSecret = (): string => generateSecret({ length: 20 });

/** What an authenticator app reads from the picture. */
export const totpUri = (secret: string, { issuer, label }: { issuer: string; label: string }): string =>
  generateURI({ issuer, label, secret });

/** The time step of a right code, at most `window` steps off; undefined for a wrong one. */
export async function findTotpStep(
  secret: string,
  code: string,
  { now, window }: { now: number; window: number },
): Promise<number | undefined> {
  const epoch = Math.floor(now / 1000);
  const result = await verify({ strategy: 'totp', secret, token: code, epoch, epochTolerance: window * PERIOD_S });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
