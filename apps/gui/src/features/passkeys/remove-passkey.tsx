'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { Passkey } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { usePasskeysRefresh } from './passkeys.ts';

export function RemovePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useTranslations('account.passkeys.removing');
  const router = useRouter();
  const refresh = usePasskeysRefresh();
  const remove = useMutation({
    mutationFn: () => api('DELETE', `/me/passkeys/${passkey.id}`),
    onSuccess: () => {
      announce(t('done', { name: passkey.name }));
      refresh();
      // The sessions beside it have ended with it.
      router.refresh();
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title', { name: passkey.name })}
      keep={t('keep')}
      submit={t('submit')}
      act={{ loading: remove.isPending, onClick: () => remove.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
        <p className="text-fg-2">{t('text', { site: passkey.site })}</p>
      </div>
    </ConfirmDialog>
  );
}
