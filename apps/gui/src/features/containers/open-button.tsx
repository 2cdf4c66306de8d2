'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Container } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { openingOf } from './ports.rules.ts';
import { usePanelHost } from './port-links.tsx';

/** Where people open it, while it runs. */
export function OpenButton({ container }: { container: Container }) {
  const t = useTranslations('containers.page');
  const opening = openingOf(container, usePanelHost());
  if (opening === null || container.state !== 'running') return null;
  const { href, port } = opening;
  return (
    <Button asChild look="primary">
      <a
        href={href}
        target="_blank"
        rel="noreferrer"
        aria-label={port === null ? t('openAddress', { address: new URL(href).host }) : t('openPort', { port })}
        suppressHydrationWarning
      >
        <ExternalLink aria-hidden />
        {t('open')}
      </a>
    </Button>
  );
}
