'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { PresetImport } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input, Textarea } from '../../ui/input.tsx';
import { IssueList } from './issue-list.tsx';
import { readDocument } from './preset-draft.rules.ts';
import { keepForEditor } from './preset-kept.ts';

/** Reads a preset from elsewhere; what it comes to is looked at in the editor before it is saved. */
export function ImportPreset({ onClose }: { onClose: () => void }) {
  const t = useTranslations('catalogue.importing');
  const router = useRouter();
  const [text, setText] = useState('');
  const read = useMutation({
    mutationFn: (document: Record<string, unknown>) =>
      api<PresetImport>('POST', '/presets/import', { body: { document } }),
    onSuccess: ({ preset, ignored }) => {
      keepForEditor({ preset, note: ignored.length > 0 ? t('ignored', { fields: ignored.join(', ') }) : null });
      onClose();
      router.push('/catalogue/new');
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const document = readDocument(text);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title')}
        description={t('text')}
        footer={
          <>
            <Button onClick={onClose}>{t('keep')}</Button>
            <Button
              look="primary"
              disabled={!document.ok}
              loading={read.isPending}
              onClick={() => document.ok && read.mutate(document.value)}
            >
              {t('read')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <IssueList error={read.error instanceof ApiError ? read.error : null} />
          <Field label={t('file')}>
            {(control) => (
              <Input
                {...control}
                type="file"
                accept="application/json,.json"
                className="h-auto py-1.5"
                onChange={({ target }) => {
                  const [file] = target.files ?? [];
                  if (file) void file.text().then(setText);
                }}
              />
            )}
          </Field>
          <Field
            label={t('paste')}
            error={text !== '' && !document.ok ? t('notJson', { reason: document.reason }) : undefined}
          >
            {(control) => (
              <Textarea
                {...control}
                spellCheck={false}
                className="font-mono text-xs"
                value={text}
                onChange={({ target }) => setText(target.value)}
              />
            )}
          </Field>
        </div>
      </DialogContent>
    </Dialog>
  );
}
