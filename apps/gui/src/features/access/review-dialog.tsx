'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AccessChange, AccessChanged, AccessPreview } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { BlockedChanges } from './blocked-changes.tsx';
import { PreviewWords } from './preview-words.tsx';

interface Props {
  count: number;
  changes: readonly AccessChange[];
  onSaved: (changed: AccessChanged) => void;
  /** Somebody else was faster: what stands there now has to be looked at first. */
  onConflict: () => void;
  onClose: () => void;
}

/** What the staged edit comes to, as the core worked it out, before it is saved. */
export function ReviewDialog({ count, changes, onSaved, onConflict, onClose }: Props) {
  const t = useTranslations('access.review');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const preview = useQuery({
    queryKey: ['access', 'preview', changes],
    queryFn: ({ signal }) => api<AccessPreview>('POST', '/access/changes/preview', { body: { changes }, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const problem = refused ?? (preview.error instanceof ApiError ? preview.error : null);
  const isConflict = problem?.envelope.code === 'conflict';
  const save = () => {
    setBusy(true);
    api<AccessChanged>('POST', '/access/changes', { body: { changes, reason } })
      .then(onSaved)
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        setRefused(error);
      })
      .finally(() => setBusy(false));
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { count })}
        className="max-w-xl"
        footer={
          <>
            <Button onClick={isConflict ? onConflict : onClose}>{t('back')}</Button>
            <Button look="primary" loading={busy} disabled={!preview.data || problem !== null} onClick={save}>
              {t('save')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4 pb-2">
          {problem && <BlockedChanges error={problem} onConflict={onConflict} />}
          {preview.isPending && (
            <Loading label={t('loading')} className="flex flex-col gap-2">
              <Skeleton className="w-1/3" />
              <Skeleton className="w-2/3" />
              <Skeleton className="w-1/2" />
            </Loading>
          )}
          {preview.data && <PreviewWords preview={preview.data} />}
          <Field label={t('reason')} hint={t('reasonHint')}>
            {(control) => (
              <Input {...control} maxLength={300} value={reason} onChange={({ target }) => setReason(target.value)} />
            )}
          </Field>
        </div>
      </DialogContent>
    </Dialog>
  );
}
