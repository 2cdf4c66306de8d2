'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { ContainerId } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { isFileName } from './file-acts.rules.ts';
import { makeFolder } from './file-changes.ts';
import { inFolder } from './file-path.rules.ts';
import { saveContent } from './file-queries.ts';

interface Props {
  id: ContainerId;
  folder: string;
  kind: 'file' | 'folder';
  taken: ReadonlySet<string>;
  onMade: (name: string) => void;
  onClose: () => void;
}

/** An empty file or folder, under a name nothing has there. */
export function NewFileDialog({ id, folder, kind, taken, onMade, onClose }: Props) {
  const t = useTranslations('files.new');
  const common = useTranslations('common');
  const fail = useErrorToast();
  const form = useId();
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const problem = name !== '' && !isFileName(name) ? t('format') : taken.has(name) ? t('taken') : undefined;
  const make = async () => {
    setBusy(true);
    try {
      const path = inFolder(folder, name.normalize('NFC'));
      await (kind === 'folder' ? makeFolder(id, path) : saveContent(id, path, '', null));
      onMade(name);
    } catch (error) {
      if (error instanceof ApiError) setRefused(error);
      else fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t(kind)}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button
              look="primary"
              type="submit"
              form={form}
              loading={busy}
              disabled={name === '' || problem !== undefined}
            >
              {t('make')}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="flex flex-col gap-3 pb-2"
          onSubmit={(event) => {
            event.preventDefault();
            void make();
          }}
        >
          <ErrorNotice error={refused} />
          <Field label={t('name')} error={problem} required>
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                translate="no"
                maxLength={255}
                value={name}
                onChange={({ target }) => setName(target.value)}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
