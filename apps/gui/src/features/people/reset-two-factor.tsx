'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useState } from 'react';
import type { ResetTwoFactor as Wish, User } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { usePeopleRefresh } from './people-hooks.ts';

const REASON_LENGTH = 200;

/** Says what follows before it takes somebody's second factor away. */
export function ResetTwoFactor({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useTranslations('people.twoFactor.reset');
  const common = useTranslations('common');
  const form = useId();
  const refresh = usePeopleRefresh();
  const [reason, setReason] = useState('');
  const name = user.displayName;
  const reset = useMutation({
    mutationFn: (body: Wish) => api('DELETE', `/users/${user.id}/two-factor`, { body }),
    onSuccess: () => {
      announce(t('done', { name }));
      toast.success(t('done', { name }));
      refresh();
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    reset.mutate(reason.trim() === '' ? {} : { reason: reason.trim() });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={form} look="danger" loading={reset.isPending}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <form id={form} method="post" onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={reset.error instanceof ApiError ? reset.error : null} />
          <ul className="list-disc ps-5 text-fg-2">
            <li>{t('password')}</li>
            <li>{t('codes')}</li>
            <li>{t('sure')}</li>
          </ul>
          <Field label={t('reason')} hint={t('reasonHint')}>
            {(control) => (
              <Input
                {...control}
                value={reason}
                maxLength={REASON_LENGTH}
                autoComplete="off"
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
