'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Channel } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

/** Says what is lost with it before it goes. */
export function DeleteChannel({
  channel,
  onClose,
  onDeleted,
}: {
  channel: Channel;
  onClose: () => void;
  onDeleted: () => void;
}) {
  // prettier-ignore
  const t = useTranslations('channels.delete');
  const remove = useMutation({
    mutationFn: () => api('DELETE', `/settings/channels/${channel.id}`),
    onSuccess: () => {
      announce(t('done'));
      onDeleted();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title', { name: channel.name })}
      keep={t('keep')}
      submit={t('submit')}
      act={{ loading: remove.isPending, onClick: () => remove.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
        <p className="text-fg-2">{t('text', { waiting: channel.waiting })}</p>
      </div>
    </ConfirmDialog>
  );
}
