'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { AccessRequest } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useRequestWords } from './request-words.ts';

/** Takes one's own request back before anybody has answered. */
export function WithdrawRequest({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const t = useTranslations('accessRequests.withdraw');
  const words = useRequestWords();
  const withdraw = useMutation({
    mutationFn: () => api('POST', `/access/requests/${request.id}/withdraw`),
    onSuccess: () => {
      toast.success(t('done'));
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('text', { rights: words.names(request.capabilities), thing: words.thing(request) })}
        footer={
          <>
            <Button onClick={onClose}>{t('keep')}</Button>
            <Button look="primary" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <ErrorNotice error={withdraw.error instanceof ApiError ? withdraw.error : null} />
      </DialogContent>
    </Dialog>
  );
}
