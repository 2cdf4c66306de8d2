import type { SecondFactor } from '@bailiwick/contract';

/** Six digits are a code of the app, sixteen letters and digits a recovery code, however they are spaced. */
export function toFactor(text: string): SecondFactor | undefined {
  const bare = text.replace(/[\s-]/g, '').toLowerCase();
  if (/^\d{6}$/.test(bare)) return { code: bare };
  if (/^[a-z2-7]{16}$/.test(bare)) return { recoveryCode: bare };
  return undefined;
}
