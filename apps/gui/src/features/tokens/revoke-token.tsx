'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { PersonalToken } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
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
  const keep = useRef<HTMLButtonElement>(null);
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
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: token.name })}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          keep.current?.focus();
        }}
        footer={
          <>
            <Button ref={keep} onClick={onClose}>
              {t('keep')}
            </Button>
            <Button look="danger" loading={revoke.isPending} onClick={() => revoke.mutate()}>
              {t('openFor', { name: token.name })}
            </Button>
          </>
        }
      >
        <p>{t('text')}</p>
      </DialogContent>
    </Dialog>
  );
}
