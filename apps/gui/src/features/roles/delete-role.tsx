'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { Role } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

export function DeleteRole({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useTranslations('roles.delete');
  const router = useRouter();
  const keep = useRef<HTMLButtonElement>(null);
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
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name: role.name })}
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
              {t('title', { name: role.name })}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
          <p className="text-fg-2">{t('text')}</p>
        </div>
      </DialogContent>
    </Dialog>
  );
}
