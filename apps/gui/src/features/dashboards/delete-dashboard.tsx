'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Dashboard } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

export function DeleteDashboard({ dashboard: { id, name }, onClose }: { dashboard: Dashboard; onClose: () => void }) {
  const t = useTranslations('dashboards');
  const common = useTranslations('common');
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const remove = async () => {
    setBusy(true);
    try {
      await api('DELETE', `/me/dashboards/${id}`);
      announce(t('deleted', { name }));
      router.push('/dashboards');
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      title={t('deleteTitle', { name })}
      keep={common('cancel')}
      submit={t('delete')}
      act={{ loading: busy, onClick: () => void remove() }}
      onClose={onClose}
    >
      <ErrorNotice error={error} />
      <p className="pb-2">{t('deleteText')}</p>
    </ConfirmDialog>
  );
}
