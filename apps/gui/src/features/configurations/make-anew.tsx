'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, Container } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ChangeList } from './change-list.tsx';
import { useConfiguration, useConfigurationRefresh } from './configuration-queries.ts';
import { isInterrupted } from './configuration-rights.rules.ts';
import { WhatHappens } from './what-happens.tsx';

/** The same container from the beginning: says first what stays, and what is saved comes with it. */
export function MakeAnew({ container, onClose }: { container: Container; onClose: () => void }) {
  const t = useTranslations('configuration.anew');
  const router = useRouter();
  const { data, error: unread } = useConfiguration(container.id);
  const refresh = useConfigurationRefresh(container.id);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const failure = error ?? (unread instanceof ApiError ? unread : null);
  const submit = async () => {
    setBusy(true);
    setError(null);
    try {
      const body = { remake: true };
      const { operation } = await api<Accepted>('POST', `/containers/${container.id}/configuration/apply`, { body });
      toast(t('started', { name: container.name }), {
        action: { label: t('follow'), onClick: () => router.push(`/activity/${operation.id}`) },
      });
      onClose();
      await refresh();
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
      setBusy(false);
    }
  };
  const applied = data?.applied ?? null;
  return (
    <ConfirmDialog
      title={t('title', { name: container.name })}
      keep={t('keep')}
      submit={t('submit')}
      act={{ look: 'primary', loading: busy, disabled: applied === null, onClick: () => void submit() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={failure} />
        {data === undefined && failure === null && (
          <Loading label={t('loading')} className="flex flex-col gap-3">
            <Skeleton className="w-3/4" />
          </Loading>
        )}
        {data !== undefined && applied === null && <p>{t('unknown')}</p>}
        {data !== undefined && applied !== null && (
          <>
            <WhatHappens how="recreate" interrupted={isInterrupted(applied, data.fields)} />
            {data.fields.length > 0 && (
              <section aria-label={t('saved')}>
                <h3 className="text-sm font-medium">{t('saved')}</h3>
                <ChangeList fields={data.fields} />
              </section>
            )}
          </>
        )}
      </div>
    </ConfirmDialog>
  );
}
