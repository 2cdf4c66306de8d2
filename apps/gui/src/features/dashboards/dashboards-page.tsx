'use client';

import { LayoutDashboard, Plus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Dashboard } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useMe } from '../identity/me.tsx';
import { NewDashboard } from './new-dashboard.tsx';

/** One's own dashboards and those others let one read. */
export function DashboardsPage({ dashboards }: { dashboards: readonly Dashboard[] }) {
  const t = useTranslations('dashboards');
  const [creating, setCreating] = useState(false);
  const create = (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t('new.open')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('text')} actions={dashboards.length > 0 && create} />
      {dashboards.length === 0 ? (
        <EmptyState icon={LayoutDashboard} title={t('empty.title')} actions={create}>
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t('list')} className="grid grid-cols-[repeat(auto-fill,minmax(min(18rem,100%),1fr))] gap-3">
          {dashboards.map((dashboard) => (
            <li key={dashboard.id}>
              <DashboardCard dashboard={dashboard} />
            </li>
          ))}
        </ul>
      )}
      {creating && <NewDashboard onClose={() => setCreating(false)} />}
    </>
  );
}

function DashboardCard({ dashboard: { id, name, owner, widgets, shared, savedAt } }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboards');
  const isOwn = useMe().user.id === owner.id;
  return (
    <Link
      href={`/dashboards/${id}`}
      data-slot="dashboard"
      className="flex h-full flex-col gap-1 rounded-lg border border-line bg-surface-1 p-4 hover:bg-surface-2"
    >
      <span className="flex items-baseline gap-2">
        <span translate="no" className="min-w-0 grow font-medium break-words">
          {name}
        </span>
        {shared && <Badge>{t('sharedBadge')}</Badge>}
      </span>
      <span className="text-xs text-fg-2">
        {t('widgets', { count: widgets.length })}
        {!isOwn && ` · ${t('by', { name: owner.displayName })}`} · <TimeAgo at={savedAt} />
      </span>
    </Link>
  );
}
