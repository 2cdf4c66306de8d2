'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { Accepted, Plugin, PluginAction, PluginActionList } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { Failure } from '../shell/failure.tsx';
import { bringsPeople, canAnswer } from './plugin.rules.ts';
import { RunActionForm } from './run-action-form.tsx';

/** What staff may have it do now; each is an operation with a page of its own. */
export function PluginWorkCard({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins.work');
  const titleId = useId();
  const acts = plugin.manifest?.provides.includes('actions') ?? false;
  if (!acts && !bringsPeople(plugin)) return null;
  return (
    <Card aria-labelledby={titleId} className="flex min-w-0 flex-col gap-3">
      <CardTitle id={titleId}>{t('title')}</CardTitle>
      {canAnswer(plugin) ? (
        <ul className="flex flex-col divide-y divide-line">
          {bringsPeople(plugin) && <People plugin={plugin} />}
          {acts && <Actions plugin={plugin} />}
        </ul>
      ) : (
        <p className="text-sm text-fg-2">{t('resting')}</p>
      )}
    </Card>
  );
}

function People({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins.work.people');
  const router = useRouter();
  const showError = useErrorToast();
  const [asking, setAsking] = useState(false);
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (dryRun: boolean) => api<Accepted>('POST', `/plugins/${plugin.id}/sync-users`, { body: { dryRun } }),
    onError: showError,
    onSuccess: ({ operation }) => router.push(`/activity/${operation.id}`),
  });
  const mayWrite = plugin.consent?.scopes.includes('users.write') ?? false;
  const mayManage = plugin.can.includes('plugins.manage');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
      <div className="min-w-0 grow basis-56">
        <p className="font-medium">{t('title')}</p>
        <p className="text-sm text-fg-2">{mayWrite ? t('text') : t('readsOnly')}</p>
      </div>
      {mayManage && (
        <div className="flex flex-wrap gap-2">
          <Button loading={isPending && variables} disabled={isPending} onClick={() => mutate(true)}>
            {t('look')}
          </Button>
          {mayWrite && (
            <Button look="primary" disabled={isPending} onClick={() => setAsking(true)}>
              {t('bring')}
            </Button>
          )}
        </div>
      )}
      {asking && (
        <ConfirmDialog
          title={t('ask', { name: plugin.name })}
          keep={t('keep')}
          submit={t('bring')}
          act={{ look: 'primary', loading: isPending, onClick: () => mutate(false) }}
          onClose={() => setAsking(false)}
        >
          <p>{t('what')}</p>
        </ConfirmDialog>
      )}
    </li>
  );
}

function Actions({ plugin }: { plugin: Plugin }) {
  const t = useTranslations('plugins.work');
  const [running, setRunning] = useState<PluginAction | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['plugins', plugin.id, 'actions', plugin.initializedAt],
    queryFn: ({ signal }) => api<PluginActionList>('GET', `/plugins/${plugin.id}/actions`, { signal }),
  });
  if (error instanceof ApiError)
    return (
      <li>
        <Failure error={error.envelope} level="part" onRetry={() => void refetch()} />
      </li>
    );
  if (!data)
    return (
      <li className="py-2">
        <Loading label={t('loading')}>
          <Skeleton />
        </Loading>
      </li>
    );
  if (data.items.length === 0) return <li className="py-2 text-sm text-fg-2">{t('none')}</li>;
  return (
    <>
      {data.items.map((action) => (
        <li key={action.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
          <div className="min-w-0 grow basis-56">
            <p className="font-medium break-words">{action.title || action.id}</p>
            {action.description !== '' && <p className="text-sm break-words text-fg-2">{action.description}</p>}
          </div>
          {plugin.can.includes('plugins.manage') && (
            <Button
              look={action.isDangerous ? 'danger' : 'secondary'}
              aria-label={t('doThis', { title: action.title || action.id })}
              onClick={() => setRunning(action)}
            >
              {t('do')}
            </Button>
          )}
        </li>
      ))}
      {running !== null && <RunActionForm plugin={plugin} action={running} onClose={() => setRunning(null)} />}
    </>
  );
}
