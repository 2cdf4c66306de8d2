'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Container } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { portAddress, shownPorts } from './ports.rules.ts';
import { usePanelHost } from './port-links.tsx';

/** The first thing a browser can open there, while it runs. */
export function OpenButton({ container }: { container: Container }) {
  const t = useTranslations('containers.page');
  const host = usePanelHost();
  const [port] = shownPorts(container.ports).filter((each) => portAddress(each, host) !== null);
  if (port === undefined || container.state !== 'running') return null;
  return (
    <Button asChild look="primary">
      <a
        href={portAddress(port, host) ?? undefined}
        target="_blank"
        rel="noreferrer"
        aria-label={t('openPort', { port: port.hostPort })}
        suppressHydrationWarning
      >
        <ExternalLink aria-hidden />
        {t('open')}
      </a>
    </Button>
  );
}
