import type { SecondFactorKind } from '@bailiwick/contract';

/** What the second step is asked with. */
export interface SecondStep {
  readonly challenge: string;
  readonly factors: readonly SecondFactorKind[];
}

const KINDS = ['code', 'recoveryCode', 'passkey'] as const satisfies readonly SecondFactorKind[];

/** From what the core said; undefined where it said something else. */
export function toSecondStep(said: unknown): SecondStep | undefined {
  if (typeof said !== 'object' || said === null || !('challenge' in said) || !('factors' in said)) return undefined;
  const { challenge, factors } = said;
  if (typeof challenge !== 'string' || !Array.isArray(factors)) return undefined;
  return { challenge, factors: KINDS.filter((kind) => factors.includes(kind)) };
}

/** From the fragment a provider's sign-in ends in where that was not enough. */
export function secondStepInFragment(fragment: string): SecondStep | undefined {
  const [, said] = /^#second-step=([A-Za-z0-9_-]{1,2000})$/.exec(fragment) ?? [];
  if (said === undefined) return undefined;
  try {
    return toSecondStep(JSON.parse(atob(said.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    // Somebody typed it.
    return undefined;
  }
}
