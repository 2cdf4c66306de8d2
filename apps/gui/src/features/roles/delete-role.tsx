'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Role } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useRoleKept } from './role-kept.ts';
import { usesIn } from './role-uses.rules.ts';

interface Props {
  role: Role;
  onClose: () => void;
  onDeleted?: () => void;
}

export function DeleteRole({ role, onClose, onDeleted }: Props) {
  const t = useTranslations('roles.delete');
  const kept = useRoleKept();
  const router = useRouter();
  const remove = useMutation({
    mutationFn: () => api('DELETE', `/roles/${encodeURIComponent(role.name)}`),
    onSuccess: () => {
      announce(t('done', { name: role.name }));
      if (onDeleted) onDeleted();
      else router.refresh();
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const error = remove.error instanceof ApiError ? remove.error : null;
  const uses = error === null ? null : usesIn(error.envelope);
  return (
    <ConfirmDialog
      title={t('title', { name: role.name })}
      keep={t('keep')}
      submit={t('title', { name: role.name })}
      act={{ loading: remove.isPending, onClick: () => remove.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        {uses === null ? (
          <ErrorNotice error={error} />
        ) : (
          // Somebody was given it since the list was read.
          <Banner tone="danger" title={kept({ ...uses, builtIn: false })} />
        )}
        <p className="text-fg-2">{t('text')}</p>
      </div>
    </ConfirmDialog>
  );
}
