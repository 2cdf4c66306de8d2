'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { StatusBadge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ContainerStatus } from '../containers/container-status.tsx';
import { useOperationTitle } from '../operations/operation-words.ts';
import type { Attention } from './home.rules.ts';

/** What it is, how it stands, and where to do something about it. */
export function AttentionLine({ line }: { line: Attention }) {
  const t = useTranslations('home');
  const toTitle = useOperationTitle();
  switch (line.kind) {
    case 'environment':
      return (
        <Line name={line.environment.name} href="/environments" action={t('look')}>
          <StatusBadge icon="bad">
            {t.rich('offline', { at: () => <TimeAgo at={line.environment.since} form="span" /> })}
          </StatusBadge>
        </Line>
      );
    case 'requests':
      return <Line name={t('requestsWait', { count: line.count })} href="/access/requests" action={t('answer')} />;
    case 'container':
      return (
        <Line
          name={line.container.name}
          href={`/containers/${line.container.id}`}
          action={t('logs')}
          actionHref={`/containers/${line.container.id}/logs`}
        >
          <ContainerStatus container={line.container} />
        </Line>
      );
    case 'operation':
      return (
        <Line name={toTitle(line.operation)} href={`/activity/${line.operation.id}`} action={t('look')}>
          <StatusBadge icon="bad">
            {t('failed')} <TimeAgo at={line.operation.finishedAt ?? line.operation.createdAt} />
          </StatusBadge>
        </Line>
      );
  }
}

interface LineProps {
  name: string;
  href: string;
  action: string;
  actionHref?: string;
  children?: React.ReactNode;
}

function Line({ name, href, action, actionHref = href, children }: LineProps) {
  const t = useTranslations('home');
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <Link
        href={href}
        prefetch={false}
        className="inline-flex min-h-6 min-w-0 items-center font-medium break-words hover:underline touch:min-h-11"
      >
        {name}
      </Link>
      {children}
      <Button asChild size="small" className="ms-auto">
        <Link href={actionHref} prefetch={false} aria-label={t('actionFor', { action, name })}>
          {action}
        </Link>
      </Button>
    </li>
  );
}
