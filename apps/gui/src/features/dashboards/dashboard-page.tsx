'use client';

import { ArrowLeft, LayoutDashboard, Pencil, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Dashboard } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMe } from '../identity/me.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { DashboardEditor } from './dashboard-editor.tsx';
import { DeleteDashboard } from './delete-dashboard.tsx';
import { WidgetGrid } from './widget-grid.tsx';
import type { Sight } from './widget-view.tsx';

interface Props {
  dashboard: Dashboard;
  sight: Sight;
}

/** One dashboard, to look at; its owner also puts it together here. */
export function DashboardPage({ dashboard: read, sight }: Props) {
  const t = useTranslations('dashboards');
  const [dashboard, setDashboard] = useState(read);
  const [deleting, setDeleting] = useState(false);
  const query = useAddressQuery();
  const isOwn = useMe().user.id === dashboard.owner.id;
  const editing = isOwn && query.get('edit') === '1';
  const edit = (on: boolean) => changeAddress(on ? '?edit=1' : window.location.pathname);
  if (editing)
    return (
      <DashboardEditor
        dashboard={dashboard}
        sight={sight}
        onSaved={(saved) => {
          setDashboard(saved);
          edit(false);
        }}
        onDiscard={() => edit(false)}
      />
    );
  const { name, owner, shared, widgets } = dashboard;
  return (
    <>
      <Link
        href="/dashboards"
        className="mb-3 inline-flex min-h-6 items-center gap-1 text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('back')}
      </Link>
      <PageHeader
        title={<span translate="no">{name}</span>}
        aside={shared && <Badge>{t('sharedBadge')}</Badge>}
        description={isOwn ? undefined : t('by', { name: owner.displayName })}
        actions={
          isOwn ? (
            <>
              <Button onClick={() => edit(true)}>
                <Pencil aria-hidden />
                {t('edit')}
              </Button>
              <Button onClick={() => setDeleting(true)}>
                <Trash2 aria-hidden />
                {t('delete')}
              </Button>
            </>
          ) : (
            <CopyButton dashboard={dashboard} />
          )
        }
      />
      {widgets.length === 0 ? (
        <EmptyState
          icon={LayoutDashboard}
          title={t('blank.title')}
          actions={
            isOwn && (
              <Button look="primary" onClick={() => edit(true)}>
                <Plus aria-hidden />
                {t('add.open')}
              </Button>
            )
          }
        >
          <p>{t(isOwn ? 'blank.text' : 'blank.others')}</p>
        </EmptyState>
      ) : (
        <WidgetGrid widgets={widgets} sight={sight} />
      )}
      {deleting && <DeleteDashboard dashboard={dashboard} onClose={() => setDeleting(false)} />}
    </>
  );
}

/** Whoever reads what somebody else put together takes it from there. */
function CopyButton({ dashboard: { name, widgets } }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboards');
  const router = useRouter();
  const showError = useErrorToast();
  const [busy, setBusy] = useState(false);
  const copy = async () => {
    setBusy(true);
    try {
      const body = { name: t('copyName', { name }).slice(0, 60), widgets, shared: false };
      const { id } = await api<Dashboard>('POST', '/me/dashboards', { body });
      announce(t('new.done', { name: body.name }));
      router.push(`/dashboards/${id}?edit=1`);
    } catch (error) {
      showError(error);
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} onClick={() => void copy()}>
      {t('copy')}
    </Button>
  );
}
