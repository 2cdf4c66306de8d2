'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Role } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

export function DeleteRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useTranslations('roles.delete');
  const router = useRouter();
  const remove = useMutation({
    mutationFn: () => api('DELETE', `/roles/${encodeURIComponent(role.name)}`),
    onSuccess: () => {
      announce(t('done', { name: role.name }));
      router.refresh();
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title', { name: role.name })}
      keep={t('keep')}
      submit={t('title', { name: role.name })}
      act={{ loading: remove.isPending, onClick: () => remove.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
        <p className="text-fg-2">{t('text')}</p>
      </div>
    </ConfirmDialog>
  );
}
