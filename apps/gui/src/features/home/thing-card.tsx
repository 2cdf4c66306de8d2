'use client';

import { Logs } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Container, ContainerUsage } from '@bailiwick/contract';
import type { LiveList } from '../../lib/live-list.ts';
import { Button } from '../../ui/button.tsx';
import { ContainerStatus } from '../containers/container-status.tsx';
import { OpenButton } from '../containers/open-button.tsx';
import { PowerButton } from '../containers/power-buttons.tsx';
import { UsageCell } from '../metrics/usage-cell.tsx';
import { capabilityOf, type PowerAction } from '../containers/power.rules.ts';

interface Props {
  container: Container;
  usage: LiveList<ContainerUsage>;
  onAsk: (action: PowerAction, container: Container) => void;
}

/** One thing of somebody’s: how it is, and what they may do to it. */
export function ThingCard({ container, usage, onAsk }: Props) {
  const t = useTranslations('home');
  const { id, name, state, rights } = container;
  const startable = state === 'created' || state === 'exited' || state === 'dead';
  const actions = ([startable ? 'start' : 'stop', 'restart'] as const).filter((action) =>
    rights.can.includes(capabilityOf(action)),
  );
  return (
    <article
      data-slot="thing"
      data-id={id}
      aria-label={name}
      className="flex h-full flex-col gap-3 rounded-lg border border-line bg-surface-1 p-4"
    >
      <div className="flex min-w-0 grow flex-col gap-1">
        <h3 className="min-w-0 text-md font-semibold break-words">
          <Link href={`/containers/${id}`} translate="no" className="hover:underline touch:leading-8">
            {name}
          </Link>
        </h3>
        <ContainerStatus container={container} />
        <span translate="no" className="truncate font-mono text-xs text-fg-2" title={container.image}>
          {container.image}
        </span>
      </div>
      {rights.can.includes('containers.stats') && <UsageCell id={id} list={usage} />}
      <div className="flex flex-wrap gap-2">
        <OpenButton container={container} />
        {actions.map((action) => (
          <PowerButton key={action} action={action} container={container} onAsk={onAsk} />
        ))}
        {rights.can.includes('containers.logs') && (
          <Button asChild>
            <Link href={`/containers/${id}/logs`} prefetch={false} aria-label={t('logsOf', { name })}>
              <Logs aria-hidden />
              {t('logs')}
            </Link>
          </Button>
        )}
      </div>
    </article>
  );
}
