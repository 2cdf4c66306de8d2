import { isIPv6 } from 'node:net';

export interface SignInLimit {
  readonly tries: number;
  readonly windowMs: number;
  readonly lockMs: number;
}

export interface Tries {
  readonly failures: number;
  readonly windowStartedAt: number;
  readonly lockedUntil: number | null;
}

export type TryAnswer =
  { readonly allowed: true; readonly next: Tries } | { readonly allowed: false; readonly waitMs: number };

/** Every try counts before its password is looked at, so that a hundred at once are no way round. */
export function takeTry(before: Tries | undefined, now: number, { tries, windowMs, lockMs }: SignInLimit): TryAnswer {
  if (before?.lockedUntil != null && now < before.lockedUntil)
    return { allowed: false, waitMs: before.lockedUntil - now };
  const fresh = !before || before.lockedUntil !== null || now - before.windowStartedAt >= windowMs;
  const failures = fresh ? 1 : before.failures + 1;
  const windowStartedAt = fresh ? now : before.windowStartedAt;
  return {
    allowed: true,
    next: { failures, windowStartedAt, lockedUntil: failures >= tries ? now + lockMs : null },
  };
}

/** The try was none: the password was right, or it was never looked at. */
export function giveBack({ failures, windowStartedAt }: Tries): Tries {
  return { failures: Math.max(0, failures - 1), windowStartedAt, lockedUntil: null };
}

/** One household or rack has a whole IPv6 /64; counting single addresses of it would count nothing. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const front = head.split(':').filter(Boolean);
  const back = tail.split(':').filter(Boolean);
  const missing = address.includes('::') ? 8 - front.length - back.length : 0;
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
