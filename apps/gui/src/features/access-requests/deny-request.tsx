'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { AccessRequest } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useForm } from '../shell/use-form.ts';
import { useRequestWords } from './request-words.ts';

/** Says no, and why: the reason is all the other person gets. */
export function DenyRequest({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const t = useTranslations('accessRequests.deny');
  const common = useTranslations('common');
  const words = useRequestWords();
  const formId = useId();
  const { name } = request.user;
  const form = useForm({
    fields: ['note'],
    initial: { note: '' },
    rules: { note: (note) => note.trim() !== '' },
    send: async ({ note }) => {
      await api('POST', `/access/requests/${request.id}/deny`, { body: { note } });
      toast.success(t('done', { name }));
      onClose();
    },
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name })}
        description={t('text', { rights: words.names(request.capabilities), thing: words.thing(request) })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button type="submit" form={formId} look="danger" loading={form.busy}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <form id={formId} {...form.props} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={form.error} />
          <Field
            required
            label={t('reason')}
            hint={t('reasonHint', { name })}
            error={form.problem('note') ? t('reasonMissing') : undefined}
          >
            {(control) => <Input {...form.control('note', control)} maxLength={300} />}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
