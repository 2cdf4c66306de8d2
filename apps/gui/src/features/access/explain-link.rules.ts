import { Capability, UserId } from '@bailiwick/contract';

/** `usr_….containers.stop`: whom and what an address asks about. */
export function readExplain(text: string | null): { principal: UserId; capability: Capability } | null {
  const dot = text?.indexOf('.') ?? -1;
  if (text === null || dot < 0) return null;
  const principal = UserId.safeParse(text.slice(0, dot));
  const capability = Capability.safeParse(text.slice(dot + 1));
  return principal.success && capability.success ? { principal: principal.data, capability: capability.data } : null;
}

export const explainAddress = (container: string, principal: string, capability: Capability): string =>
  `/containers/${container}/access?explain=${principal}.${capability}`;
