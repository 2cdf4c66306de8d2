import type { ErrorEnvelope } from '@bailiwick/contract';

/** By whom a role is in use, where that is why it was not deleted. */
export function usesIn({ code, params }: ErrorEnvelope): { people: number; grants: number } | null {
  const [people, grants] = [params?.['people'], params?.['grants']];
  if (code !== 'wrong_state' || typeof people !== 'number' || typeof grants !== 'number') return null;
  return { people, grants };
}
