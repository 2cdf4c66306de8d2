'use client';

import { Archive, ArchiveRestore, BellRing, Ellipsis, Gauge, Pencil } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Capability, Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { StatusBadge } from '../../ui/badge.tsx';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import type { TenantDialog } from './tenants-page.tsx';

interface Props {
  tenant: Tenant;
  onAsk: (dialog: TenantDialog) => void;
}

export function TenantRow({ tenant, onAsk }: Props) {
  const t = useTranslations('tenants');
  const { slug, name, people, containers, createdAt } = tenant;
  return (
    <CardRow data-id={tenant.id}>
      <CardCell place="lead">
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 py-1">
          <span translate="no" className="font-medium break-words max-md:text-md">
            {name}
          </span>
          <span translate="no" className="font-mono text-xs break-all text-fg-3">
            {slug}
          </span>
        </span>
      </CardCell>
      <CardCell className="text-end tabular-nums">
        <Link
          href={`/people?tenant=${slug}`}
          prefetch={false}
          className="inline-flex min-h-6 min-w-6 items-center justify-end gap-1 text-accent-text underline touch:min-h-9"
        >
          <span className="md:sr-only">{t('column.people')}</span>
          {people}
          <span className="sr-only">{t('peopleIn', { name })}</span>
        </Link>
      </CardCell>
      <CardCell label={t('column.containers')} className="text-end tabular-nums">
        {containers}
      </CardCell>
      <CardCell className="whitespace-nowrap">
        <TenantState tenant={tenant} />
      </CardCell>
      <CardCell label={t('column.created')} className="whitespace-nowrap text-fg-3">
        <TimeAgo at={createdAt} />
      </CardCell>
      <CardCell place="actions">
        <span className="flex justify-end">
          <TenantMenu tenant={tenant} onAsk={onAsk} />
        </span>
      </CardCell>
    </CardRow>
  );
}

function TenantState({ tenant: { broken, archivedAt } }: { tenant: Tenant }) {
  const t = useTranslations('tenants.state');
  if (broken) return <StatusBadge icon="bad">{t('broken')}</StatusBadge>;
  if (archivedAt !== null)
    return <StatusBadge icon="stopped">{t.rich('archived', { when: () => <TimeAgo at={archivedAt} /> })}</StatusBadge>;
  return <StatusBadge icon="good">{t('active')}</StatusBadge>;
}

function TenantMenu({ tenant, onAsk }: Props) {
  const t = useTranslations('tenants');
  const why = useTenantWhy();
  const router = useRouter();
  const showError = useErrorToast();
  const restore = async () => {
    try {
      await api('POST', `/tenants/${tenant.id}/restore`);
      announce(t('action.restored', { name: tenant.name }));
      router.refresh();
    } catch (error) {
      showError(error);
    }
  };
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton side="left" label={t('actionsFor', { name: tenant.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent>
        <MenuItem reason={why(tenant, 'tenants.update')} onSelect={() => onAsk({ kind: 'rename', tenant })}>
          <Pencil aria-hidden />
          {t('action.rename')}
        </MenuItem>
        <MenuItem onSelect={() => onAsk({ kind: 'quota', tenant })}>
          <Gauge aria-hidden />
          {t('action.quota')}
        </MenuItem>
        <MenuItem
          reason={why(tenant, 'tenants.update')}
          onSelect={() => router.push(`/tenants/${tenant.slug}/channels`)}
        >
          <BellRing aria-hidden />
          {t('action.channels')}
        </MenuItem>
        {tenant.archivedAt === null ? (
          <MenuItem reason={why(tenant, 'tenants.archive')} onSelect={() => onAsk({ kind: 'archive', tenant })}>
            <Archive aria-hidden />
            {t('action.archive')}
          </MenuItem>
        ) : (
          <MenuItem reason={why(tenant, 'tenants.archive')} onSelect={() => void restore()}>
            <ArchiveRestore aria-hidden />
            {t('action.restore')}
          </MenuItem>
        )}
      </MenuContent>
    </Menu>
  );
}

function useTenantWhy(): (tenant: Tenant, capability: Capability) => string | null {
  const t = useTranslations('tenants.why');
  return ({ rights }, capability) => {
    if (rights.can.includes(capability)) return null;
    return t(rights.why[capability]?.code === 'first_tenant' ? 'first_tenant' : 'default');
  };
}
