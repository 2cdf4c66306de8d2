import type { UsedPort } from '@bailiwick/contract';

const FIRST_PORT = 1024;
const LAST_PORT = 65535;

/** What somebody looks for: one port, a port nobody can have, or words. */
export type PortSearch =
  | { readonly kind: 'all' }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'system' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

/** `:8080`, as it stands in an address, is that port as well. */
export function readPortSearch(text: string): PortSearch {
  const typed = text.trim().replace(/^:/, '');
  if (typed === '') return { kind: 'all' };
  if (!/^\d{1,5}$/.test(typed)) return { kind: 'words', words: typed.toLowerCase().split(/\s+/) };
  const port = Number(typed);
  if (port < FIRST_PORT) return { kind: 'system' };
  return port > LAST_PORT ? { kind: 'words', words: [typed] } : { kind: 'port', port };
}

/** Those of the list that are meant by words. */
export function selectPorts(ports: readonly UsedPort[], words: readonly string[]): UsedPort[] {
  return ports.filter((port) => words.every((word) => textOf(port).includes(word)));
}

const textOf = ({ hostPort, protocol, ip, containerPort, usedBy }: UsedPort): string =>
  [String(hostPort), protocol, ip, String(containerPort ?? ''), usedBy.name ?? ''].join('\n').toLowerCase();
