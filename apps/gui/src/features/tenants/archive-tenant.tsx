'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Tenant } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

/** Says what happens to people and containers before a tenant is put away. */
export function ArchiveTenant({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useTranslations('tenants.archive');
  const router = useRouter();
  const archive = useMutation({
    mutationFn: () => api('POST', `/tenants/${tenant.id}/archive`),
    onSuccess: () => {
      announce(t('done', { name: tenant.name }));
      router.refresh();
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title', { name: tenant.name })}
      keep={t('keep')}
      submit={t('title', { name: tenant.name })}
      act={{ loading: archive.isPending, onClick: () => archive.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={archive.error instanceof ApiError ? archive.error : null} />
        <ul className="list-disc ps-5 text-fg-2">
          <li>{t('people', { count: tenant.people })}</li>
          <li>{t('containers', { count: tenant.containers })}</li>
          <li>{t('back')}</li>
        </ul>
      </div>
    </ConfirmDialog>
  );
}
