'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { PersonalToken } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

interface Props {
  token: PersonalToken;
  /** Where it is taken back: among one's own, or somebody else's. */
  path: `/${string}`;
  onRevoked: () => void;
  onClose: () => void;
}

/** Says what stops working before it does. */
export function RevokeToken({ token, path, onRevoked, onClose }: Props) {
  const t = useTranslations('tokens.revoke');
  const showError = useErrorToast();
  const revoke = useMutation({
    mutationFn: () => api('DELETE', path),
    onSuccess: () => {
      announce(t('done', { name: token.name }));
      onRevoked();
      onClose();
    },
    onError: showError,
  });
  return (
    <ConfirmDialog
      title={t('title', { name: token.name })}
      keep={t('keep')}
      submit={t('openFor', { name: token.name })}
      act={{ loading: revoke.isPending, onClick: () => revoke.mutate() }}
      onClose={onClose}
    >
      <p>{t('text')}</p>
    </ConfirmDialog>
  );
}
