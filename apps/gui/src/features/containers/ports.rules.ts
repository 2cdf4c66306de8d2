import type { Container, PublishedPort } from '@bailiwick/contract';

const EVERYWHERE = new Set(['', '0.0.0.0', '::', '[::]']);
const SECURE = new Set([443, 8443]);

export interface Opening {
  href: string;
  /** Null where an address was said. */
  port: number | null;
}

/** One line for each host port: the engine lists IPv4 and IPv6 of the same port apart. */
export function shownPorts(ports: Container['ports']): PublishedPort[] {
  const byPort = new Map<string, PublishedPort>();
  for (const port of ports) {
    const key = `${port.hostPort}/${port.protocol}`;
    if (!byPort.has(key)) byPort.set(key, port);
  }
  return [...byPort.values()].sort((a, b) => a.hostPort - b.hostPort);
}

const WEB = new Set(['http:', 'https:']);

/** Where a browser may be sent; null for what is no web address, whoever wrote it. */
export const webAddress = (text: string | null | undefined): string | null =>
  text && URL.canParse(text) && WEB.has(new URL(text).protocol) ? text : null;

/** Where people open it: as was said for them, else the first of its ports that a browser opens. */
export function openingOf({ address, ports }: Pick<Container, 'address' | 'ports'>, panelHost: string): Opening | null {
  const said = webAddress(address);
  if (said !== null) return { href: said, port: null };
  for (const port of shownPorts(ports)) {
    const href = portAddress(port, panelHost);
    if (href !== null) return { href, port: port.hostPort };
  }
  return null;
}

/** Where a browser finds it; null for what no browser opens. */
export function portAddress(
  { ip, hostPort, containerPort, protocol }: PublishedPort,
  panelHost: string,
): string | null {
  if (protocol !== 'tcp') return null;
  const scheme = SECURE.has(containerPort) ? 'https' : 'http';
  const host = EVERYWHERE.has(ip) ? panelHost : ip.includes(':') ? `[${ip}]` : ip;
  return `${scheme}://${host}:${hostPort}`;
}
