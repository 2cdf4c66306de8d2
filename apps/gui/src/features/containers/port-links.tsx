'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import type { Container, PublishedPort } from '@bailiwick/contract';
import { portAddress, shownPorts } from './ports.rules.ts';

const SHOWN = 2;
const nothingToWatch = () => () => undefined;

/** The host as the person reaches it; on the server nobody knows it yet. */
export function usePanelHost(): string {
  return useSyncExternalStore(
    nothingToWatch,
    () => window.location.hostname,
    () => 'localhost',
  );
}

/** Published ports as links to what answers there. */
export function PortLinks({ ports, all = false }: { ports: Container['ports']; all?: boolean }) {
  const t = useTranslations('containers');
  const host = usePanelHost();
  const shown = shownPorts(ports);
  const first = all ? shown : shown.slice(0, SHOWN);
  return (
    <span className="flex flex-wrap gap-x-2 gap-y-0.5">
      {first.map((port) => (
        <PortLink key={`${port.hostPort}/${port.protocol}`} port={port} host={host} />
      ))}
      {first.length < shown.length && (
        <span className="text-fg-3">{t('row.morePorts', { count: shown.length - first.length })}</span>
      )}
    </span>
  );
}

function PortLink({ port, host }: { port: PublishedPort; host: string }) {
  const t = useTranslations('containers');
  const address = portAddress(port, host);
  const title = t('row.port', {
    host: `${port.ip}:${port.hostPort}`,
    container: `${port.containerPort}/${port.protocol}`,
  });
  const text = `:${port.hostPort}`;
  if (address === null) {
    return (
      <span title={title} className="text-fg-2 tabular-nums">
        {text}
      </span>
    );
  }
  return (
    <a
      href={address}
      target="_blank"
      rel="noreferrer"
      title={title}
      suppressHydrationWarning
      className="inline-flex min-h-6 items-center text-accent-text tabular-nums hover:underline"
    >
      {text}
    </a>
  );
}
