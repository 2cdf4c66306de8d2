'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, DeleteInventory } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import type { DeleteWish } from './container-commands.ts';
import { DeleteData } from './delete-data.tsx';
import { useWhy } from './why-hook.ts';

interface Props {
  container: Container;
  onDelete: (container: Container, wish: DeleteWish) => void;
  onClose: () => void;
}

const ALIVE = new Set<Container['state']>(['running', 'paused', 'restarting']);

/** Names what goes and what stays, as the core worked it out, before anything is lost. */
export function DeleteContainer({ container, onDelete, onClose }: Props) {
  const t = useTranslations('containers.delete');
  const inventory = useQuery({
    queryKey: ['containers', container.id, 'delete-preview'],
    queryFn: ({ signal }) => api<DeleteInventory>('GET', `/containers/${container.id}/delete-preview`, { signal }),
    staleTime: 0,
  });
  const alive = ALIVE.has(container.state);
  /** Null: its data stays. */
  const [typed, setTyped] = useState<string | null>(null);
  const confirmed = typed === null || typed === container.name;
  const ready = inventory.data !== undefined && inventory.data.blocked === null && confirmed;
  const remove = () =>
    onDelete(container, typed === null ? { force: alive } : { force: alive, deleteData: true, confirmName: typed });
  return (
    <ConfirmDialog
      title={t('title', { name: container.name })}
      keep={t('keep')}
      submit={t(typed === null ? 'title' : 'withData', { name: container.name })}
      act={{ disabled: !ready, onClick: remove }}
      onClose={onClose}
    >
      {inventory.isPending && (
        <Loading label={t('loading')} className="flex flex-col gap-2">
          <Skeleton className="w-1/3" />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </Loading>
      )}
      {inventory.error instanceof ApiError && (
        <Failure level="part" error={inventory.error.envelope} onRetry={() => void inventory.refetch()} />
      )}
      {inventory.data !== undefined && (
        <>
          <Inventory inventory={inventory.data} alive={alive} />
          {container.managed && <p className="mt-3">{t('bin')}</p>}
          <DeleteData inventory={inventory.data} typed={typed} onType={setTyped} />
        </>
      )}
    </ConfirmDialog>
  );
}

function Inventory({ inventory, alive }: { inventory: DeleteInventory; alive: boolean }) {
  const t = useTranslations('containers.delete');
  const why = useWhy();
  const { blocked } = inventory;
  return (
    <div className="flex flex-col gap-3">
      {blocked !== null && (
        <Banner tone="warning" title={t('blocked')}>
          {why(blocked)}
        </Banner>
      )}
      {alive && <p>{t('running')}</p>}
      <Part title={t('goes')} items={inventory.goes} />
      <Part title={t('stays')} items={inventory.stays} />
    </div>
  );
}

function Part({ title, items }: { title: string; items: DeleteInventory['goes'] | DeleteInventory['stays'] }) {
  const t = useTranslations('containers.delete');
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm font-medium">{title}</h3>
      <ul className="mt-1 list-disc ps-5 text-fg-2">
        {items.map(({ kind, name }) => (
          <li key={`${kind} ${name}`} className="break-words">
            {t(`kind.${kind}`, { name })}
          </li>
        ))}
      </ul>
    </section>
  );
}
