'use client';

import { RotateCw, ScrollText, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import type { AuditFilter, AuditList } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { AuditFilterForm } from './audit-filter.tsx';
import { AuditTable } from './audit-table.tsx';
import { type AuditView, auditHref, countFilters, toQuery } from './audit-view.rules.ts';
import { ExportButtons } from './export-buttons.tsx';
import { OlderEvents, useOlderEvents } from './older-events.tsx';

interface Props {
  list: AuditList;
  view: AuditView;
  filter: AuditFilter;
  tenants: ReadonlyArray<{ id: string; name: string }>;
}

/** Everything that was done on this panel, by whom and from where. */
export function AuditPage({ list, view, filter, tenants }: Props) {
  const t = useTranslations('audit');
  const older = useOlderEvents(list, `/audit?${toQuery(filter)}`);
  const [first] = list.items;
  const query = toQuery(view);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            <Refresh />
            <ExportButtons filter={filter} />
          </>
        }
      />
      <AuditFilterForm view={view} tenants={tenants} actorName={first?.actor.name} targetName={first?.target?.label} />
      {older.events.length === 0 ? (
        <NothingHere view={view} />
      ) : (
        <AuditTable
          events={older.events}
          hrefOf={(event) => `/audit/${event.id}${query.size > 0 ? `?${query}` : ''}`}
        />
      )}
      <OlderEvents
        older={older}
        hrefOf={(cursor) => `${auditHref(view)}${query.size > 0 ? '&' : '?'}cursor=${encodeURIComponent(cursor)}`}
      />
    </>
  );
}

function Refresh() {
  const t = useTranslations('audit');
  const router = useRouter();
  const [busy, startTransition] = useTransition();
  return (
    <IconButton label={t('refresh')} disabled={busy} onClick={() => startTransition(() => router.refresh())}>
      <RotateCw aria-hidden className={busy ? 'animate-spin' : ''} />
    </IconButton>
  );
}

function NothingHere({ view }: { view: AuditView }) {
  const t = useTranslations('audit.empty');
  const count = countFilters(view);
  if (count === 0)
    return (
      <EmptyState icon={ScrollText} title={t('title')}>
        <p>{t('text')}</p>
      </EmptyState>
    );
  return (
    <EmptyState
      icon={SearchX}
      title={t('filteredTitle', { count })}
      actions={
        <Button asChild>
          <Link href="/audit">{t('showAll')}</Link>
        </Button>
      }
    >
      <p>{t('filteredText')}</p>
    </EmptyState>
  );
}
