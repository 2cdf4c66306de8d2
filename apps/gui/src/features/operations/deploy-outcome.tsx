'use client';

import { CircleCheck, ExternalLink, Logs } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { DeployResult, Operation } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { IdChip } from '../../ui/id-chip.tsx';
import { usePanelHost } from '../containers/port-links.tsx';
import { portAddress, webAddress } from '../containers/ports.rules.ts';
import { GeneratedSecrets } from './generated-secrets.tsx';

/** The deployment runs: where to open it, where to go on, and what was generated for it. */
export function DeployOutcome({ operation, result }: { operation: Operation; result: DeployResult }) {
  const t = useTranslations('operations.page');
  const host = usePanelHost();
  const address = webAddress(result.address);
  const web = address === null ? result.ports.filter((port) => port.web) : [];
  return (
    <section
      aria-label={t('done', { name: result.name })}
      data-slot="deploy-outcome"
      className="flex flex-col gap-3 rounded-lg border border-success-dot bg-surface-1 p-4"
    >
      <p className="flex items-center gap-2 text-md font-semibold">
        <CircleCheck aria-hidden className="size-5 text-success" />
        {t('done', { name: result.name })}
      </p>
      <div className="flex flex-wrap gap-2">
        {address !== null && (
          <Button asChild look="primary">
            <a href={address} target="_blank" rel="noreferrer">
              <ExternalLink aria-hidden />
              {t('openAddress', { address: new URL(address).host })}
            </a>
          </Button>
        )}
        {web.map((port) => (
          <Button key={port.hostPort} asChild look="primary">
            <a
              href={portAddress({ ...port, protocol: 'tcp' }, host) ?? undefined}
              target="_blank"
              rel="noreferrer"
              suppressHydrationWarning
            >
              <ExternalLink aria-hidden />
              {t('openPort', { port: port.hostPort })}
            </a>
          </Button>
        ))}
        <Button asChild>
          <Link href={`/containers/${result.containerId}`}>{t('toContainer')}</Link>
        </Button>
        <Button asChild>
          <Link href={`/containers/${result.containerId}/logs`}>
            <Logs aria-hidden />
            {t('toLogs')}
          </Link>
        </Button>
      </div>
      {result.imageId !== undefined && (
        <p className="flex items-center gap-2 text-xs text-fg-3">
          {t('imageId')}
          <IdChip id={result.imageId} />
        </p>
      )}
      {result.generated.length > 0 && <GeneratedSecrets operation={operation} />}
    </section>
  );
}
