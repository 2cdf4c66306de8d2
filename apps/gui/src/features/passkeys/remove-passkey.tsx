'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { Passkey } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { usePasskeysRefresh } from './passkeys.ts';

export function RemovePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const t = useTranslations('account.passkeys.removing');
  const router = useRouter();
  const refresh = usePasskeysRefresh();
  const keep = useRef<HTMLButtonElement>(null);
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
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: passkey.name })}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          keep.current?.focus();
        }}
        footer={
          <>
            <Button ref={keep} onClick={onClose}>
              {t('keep')}
            </Button>
            <Button look="danger" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
          <p className="text-fg-2">{t('text', { site: passkey.site })}</p>
        </div>
      </DialogContent>
    </Dialog>
  );
}
