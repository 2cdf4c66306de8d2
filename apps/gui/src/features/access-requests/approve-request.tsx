'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type SubmitEvent, useId, useState } from 'react';
import type { AccessRequest, ApproveAccess } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { toast } from '../../ui/toast.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { CapabilityBoxes } from './capability-boxes.tsx';
import { toDurationMs, type Wanted } from './duration.rules.ts';
import { DurationField } from './duration-field.tsx';
import { useRequestWords } from './request-words.ts';

/** Gives what was asked for, or less of it, for as long as it takes. */
export function ApproveRequest({ request, onClose }: { request: AccessRequest; onClose: () => void }) {
  const t = useTranslations('accessRequests.approve');
  const common = useTranslations('common');
  const words = useRequestWords();
  const formId = useId();
  const [chosen, setChosen] = useState(request.capabilities);
  const [wanted, setWanted] = useState<Wanted>({ choice: 'asked', day: '' });
  const [note, setNote] = useState('');
  const [wrong, setWrong] = useState(false);
  const { name } = request.user;
  const approve = useMutation({
    mutationFn: (body: ApproveAccess) => api('POST', `/access/requests/${request.id}/approve`, { body }),
    onSuccess: () => {
      toast.success(t('done', { name }));
      onClose();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const durationMs = toDurationMs(wanted, request.durationMs, new Date());
    setWrong(durationMs === undefined);
    if (durationMs !== undefined && chosen.length > 0) approve.mutate({ capabilities: chosen, durationMs, note });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { name })}
        description={t('text', { thing: words.thing(request) })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button
              type="submit"
              form={formId}
              look="primary"
              loading={approve.isPending}
              disabled={chosen.length === 0}
            >
              {t('submit')}
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={approve.error instanceof ApiError ? approve.error : null} />
          <CapabilityBoxes
            label={t('rights')}
            capabilities={request.capabilities}
            chosen={chosen}
            onChoose={setChosen}
            error={chosen.length === 0 ? t('none') : undefined}
          />
          <DurationField wanted={wanted} onWant={setWanted} asked={words.duration(request.durationMs)} wrong={wrong} />
          <Field label={t('note')} hint={t('noteHint', { name })}>
            {(control) => (
              <Input
                {...control}
                name="note"
                maxLength={300}
                value={note}
                onChange={({ target }) => setNote(target.value)}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
