'use client';

import { Building2, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Tenant } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ActionsHead, CardHead, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMay } from '../identity/me.tsx';
import { ArchiveTenant } from './archive-tenant.tsx';
import { CreateTenant } from './create-tenant.tsx';
import { RenameTenant } from './rename-tenant.tsx';
import { TenantQuota } from './tenant-quota.tsx';
import { TenantRow } from './tenant-row.tsx';

export type TenantDialog = { kind: 'create' } | { kind: 'rename' | 'archive' | 'quota'; tenant: Tenant };

/** The separate grounds of this installation. */
export function TenantsPage({ tenants: initial }: { tenants: readonly Tenant[] }) {
  const t = useTranslations('tenants');
  const tenants = useFollowed('tenants', initial).toSorted((one, other) => (one.slug < other.slug ? -1 : 1));
  const mayCreate = useMay('tenants.create');
  const [dialog, setDialog] = useState<TenantDialog | null>(null);
  const close = () => setDialog(null);
  const broken = tenants.filter((tenant) => tenant.broken);
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: tenants.length })}</span>}
        description={t('description')}
        actions={
          mayCreate && (
            <Button look="primary" onClick={() => setDialog({ kind: 'create' })}>
              <Plus aria-hidden />
              {t('create.open')}
            </Button>
          )
        }
      />
      {broken.length > 0 && (
        <Banner
          tone="danger"
          className="mb-3"
          title={t('broken.title', { count: broken.length, names: broken.map(({ name }) => name).join(', ') })}
        >
          {t('broken.text')}
        </Banner>
      )}
      {tenants.length === 0 ? (
        <EmptyState icon={Building2} title={t('empty')} />
      ) : (
        <CardTable
          caption={t('caption')}
          head={
            <>
              <CardHead>{t('column.name')}</CardHead>
              <CardHead className="text-end">{t('column.people')}</CardHead>
              <CardHead className="text-end">{t('column.containers')}</CardHead>
              <CardHead>{t('column.state')}</CardHead>
              <CardHead>{t('column.created')}</CardHead>
              <ActionsHead label={t('column.actions')} />
            </>
          }
        >
          {tenants.map((tenant) => (
            <TenantRow key={tenant.id} tenant={tenant} onAsk={setDialog} />
          ))}
        </CardTable>
      )}
      {dialog?.kind === 'create' && <CreateTenant onClose={close} />}
      {dialog?.kind === 'rename' && <RenameTenant tenant={dialog.tenant} onClose={close} />}
      {dialog?.kind === 'quota' && <TenantQuota tenant={dialog.tenant} onClose={close} />}
      {dialog?.kind === 'archive' && <ArchiveTenant tenant={dialog.tenant} onClose={close} />}
    </>
  );
}
