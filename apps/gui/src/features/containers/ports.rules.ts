import type { Container, PublishedPort } from '@bailiwick/contract';

const EVERYWHERE = new Set(['', '0.0.0.0', '::', '[::]']);
const SECURE = new Set([443, 8443]);

/** One line for each host port: the engine lists IPv4 and IPv6 of the same port apart. */
export function shownPorts(ports: Container['ports']): PublishedPort[] {
  const byPort = new Map<string, PublishedPort>();
  for (const port of ports) {
    const key = `${port.hostPort}/${port.protocol}`;
    if (!byPort.has(key)) byPort.set(key, port);
  }
  return [...byPort.values()].sort((a, b) => a.hostPort - b.hostPort);
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
