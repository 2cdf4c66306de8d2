'use client';

import { useQuery } from '@tanstack/react-query';
import { BellRing, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Channel, ChannelList, Tenant } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMay } from '../identity/me.tsx';
import { ChannelCard } from './channel-card.tsx';
import { ChannelForm } from './channel-form.tsx';
import { DeleteChannel } from './delete-channel.tsx';

/** How each channel is going changes by itself. */
const LOOK_AGAIN_MS = 5000;

type Open = { what: 'create' } | { what: 'edit' | 'delete'; channel: Channel } | null;

interface Props {
  initial: ChannelList;
  tenants: readonly Tenant[];
  /** Whose own they are; null for those of the installation. */
  tenant: Tenant | null;
}

/** Where people are told of alerts while no panel is open. */
export function ChannelsPage({ initial, tenants, tenant }: Props) {
  const t = useTranslations('channels');
  const maySet = useMay('settings.update');
  // Whoever sees those of a tenant manages it.
  const mayChange = tenant !== null || maySet;
  const base: `/${string}` = tenant === null ? '/settings/channels' : `/tenants/${tenant.id}/channels`;
  const [open, setOpen] = useState<Open>(null);
  const { data, refetch } = useQuery({
    queryKey: ['channels', base],
    queryFn: ({ signal }) => api<ChannelList>('GET', base, { signal }),
    initialData: initial,
    refetchInterval: LOOK_AGAIN_MS,
  });
  const { items } = data;
  const close = () => setOpen(null);
  const done = () => {
    close();
    void refetch();
  };
  const add = mayChange && (
    <Button look="primary" onClick={() => setOpen({ what: 'create' })}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <div className="max-w-4xl">
      <PageHeader
        title={tenant === null ? t('title') : t('ofTenant.title', { name: tenant.name })}
        description={tenant === null ? t('text') : t('ofTenant.text')}
        actions={items.length > 0 && add}
      />
      {!mayChange && <p className="mb-3 text-fg-2">{t('needs')}</p>}
      {items.length === 0 ? (
        <EmptyState icon={BellRing} title={t('empty.title')} actions={add}>
          <p>{tenant === null ? t('empty.text') : t('ofTenant.empty')}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t('list')} className="flex flex-col gap-3">
          {items.map((channel) => (
            <li key={channel.id}>
              <ChannelCard
                channel={channel}
                base={base}
                mayChange={mayChange}
                onEdit={() => setOpen({ what: 'edit', channel })}
                onDelete={() => setOpen({ what: 'delete', channel })}
              />
            </li>
          ))}
        </ul>
      )}
      {(open?.what === 'create' || open?.what === 'edit') && (
        <ChannelForm
          channel={open.what === 'edit' ? open.channel : null}
          tenants={tenants}
          base={base}
          isOfTenant={tenant !== null}
          onClose={close}
          onSaved={done}
        />
      )}
      {open?.what === 'delete' && <DeleteChannel channel={open.channel} base={base} onClose={close} onDeleted={done} />}
    </div>
  );
}
