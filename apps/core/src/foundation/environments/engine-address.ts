import { existsSync } from 'node:fs';

export type EngineAddress =
  | { readonly kind: 'socket'; readonly text: string; readonly path: string }
  | { readonly kind: 'tcp'; readonly text: string; readonly host: string; readonly port: number };

const DOCKER_PORT = 2375;

/** The first that can be tried: a configured address always, a usual socket only where it exists. */
export function findEngineAddress(candidates: readonly string[]): EngineAddress | undefined {
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0) return toEngineAddress(only);
  const found = candidates.find((candidate) => existsSync(candidate));
  return found === undefined ? undefined : toEngineAddress(found);
}

export function toEngineAddress(text: string): EngineAddress {
  if (text.startsWith('/')) return { kind: 'socket', text: `unix://${text}`, path: text };
  const { protocol, hostname, port, pathname } = new URL(text);
  if (protocol === 'unix:') return { kind: 'socket', text, path: pathname };
  return { kind: 'tcp', text, host: hostname, port: Number(port || DOCKER_PORT) };
}
