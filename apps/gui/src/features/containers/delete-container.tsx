'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Container, DeleteInventory } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { Failure } from '../shell/failure.tsx';
import { useWhy } from './why-hook.ts';

interface Props {
  container: Container;
  onDelete: (container: Container, force: boolean) => void;
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
  const ready = inventory.data !== undefined && inventory.data.blocked === null;
  return (
    <ConfirmDialog
      title={t('title', { name: container.name })}
      keep={t('keep')}
      submit={t('title', { name: container.name })}
      act={{ disabled: !ready, onClick: () => onDelete(container, alive) }}
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
      {inventory.data !== undefined && <Inventory inventory={inventory.data} alive={alive} />}
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
