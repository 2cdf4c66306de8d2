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

/** Where people are told of alerts while no panel is open. */
export function ChannelsPage({ initial, tenants }: { initial: ChannelList; tenants: readonly Tenant[] }) {
  const t = useTranslations('channels');
  const mayChange = useMay('settings.update');
  const [open, setOpen] = useState<Open>(null);
  const { data, refetch } = useQuery({
    queryKey: ['settings', 'channels'],
    queryFn: ({ signal }) => api<ChannelList>('GET', '/settings/channels', { signal }),
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
      <PageHeader title={t('title')} description={t('text')} actions={items.length > 0 && add} />
      {!mayChange && <p className="mb-3 text-fg-2">{t('needs')}</p>}
      {items.length === 0 ? (
        <EmptyState icon={BellRing} title={t('empty.title')} actions={add}>
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <ul aria-label={t('list')} className="flex flex-col gap-3">
          {items.map((channel) => (
            <li key={channel.id}>
              <ChannelCard
                channel={channel}
                mayChange={mayChange}
                onEdit={() => setOpen({ what: 'edit', channel })}
                onDelete={() => setOpen({ what: 'delete', channel })}
              />
            </li>
          ))}
        </ul>
      )}
      {open?.what === 'create' && <ChannelForm channel={null} tenants={tenants} onClose={close} onSaved={done} />}
      {open?.what === 'edit' && <ChannelForm channel={open.channel} tenants={tenants} onClose={close} onSaved={done} />}
      {open?.what === 'delete' && <DeleteChannel channel={open.channel} onClose={close} onDeleted={done} />}
    </div>
  );
}
