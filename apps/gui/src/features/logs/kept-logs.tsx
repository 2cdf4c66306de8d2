'use client';

import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { KeptLogItem } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { ActionsHead, CardCell, CardHead, CardRow, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** The logs that outlived their containers. */
export function KeptLogs({ items }: { items: KeptLogItem[] }) {
  const t = useTranslations('logs.together');
  const locale = useLocale();
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} />
      {items.length === 0 ? (
        <EmptyState
          icon={ScrollText}
          title={t('empty')}
          actions={
            <Button asChild>
              <Link href="/containers">{t('containers')}</Link>
            </Button>
          }
        >
          <p>{t('emptyText')}</p>
        </EmptyState>
      ) : (
        <CardTable
          caption={t('kept')}
          head={
            <>
              <CardHead>{t('name')}</CardHead>
              <CardHead>{t('removed')}</CardHead>
              <CardHead>{t('span')}</CardHead>
              <CardHead>{t('size')}</CardHead>
              <ActionsHead label={t('open')} className="w-28" />
            </>
          }
        >
          {items.map(({ id, name, removedAt, from, to, bytes }) => (
            <CardRow key={id} data-id={id}>
              <CardCell place="lead" translate="no" className="font-medium break-words">
                {name}
              </CardCell>
              <CardCell label={t('removed')} className="text-fg-2">
                {removedAt !== null && <TimeAgo at={removedAt} />}
              </CardCell>
              <CardCell label={t('span')} className="text-fg-2">
                <span suppressHydrationWarning>{moment.formatRange(Date.parse(from), Date.parse(to))}</span>
              </CardCell>
              <CardCell label={t('size')} className="text-fg-2 tabular-nums">
                {formatBytes(bytes, locale)}
              </CardCell>
              <CardCell place="actions" className="text-end">
                <Button size="small" asChild>
                  <Link href={`/logs?containers=${id}`}>{t('open')}</Link>
                </Button>
              </CardCell>
            </CardRow>
          ))}
        </CardTable>
      )}
    </>
  );
}
