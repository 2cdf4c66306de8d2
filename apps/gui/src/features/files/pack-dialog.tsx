'use client';

import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import type { Accepted, ArchiveFormat, ContainerId, FileEntry, Operation } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { archiveNameOf, isArchive } from './archive-name.rules.ts';
import { isFileName } from './file-acts.rules.ts';
import { inFolder } from './file-path.rules.ts';

const KINDS = [
  ['zip', 'zip'],
  ['tar.gz', 'tarGz'],
] as const;

interface Props {
  id: ContainerId;
  folder: string;
  entries: readonly FileEntry[];
  taken: ReadonlySet<string>;
  onStarted: (operation: Operation) => void;
  onClose: () => void;
}

/** An archive of what was chosen, beside it. */
export function PackDialog({ id, folder, entries, taken, onStarted, onClose }: Props) {
  const t = useTranslations('files.pack');
  const common = useTranslations('common');
  const fail = useErrorToast();
  const form = useId();
  const names = entries.map(({ name }) => name);
  const [format, setFormat] = useState<ArchiveFormat>('zip');
  const [name, setName] = useState(() => archiveNameOf(names, 'zip', taken));
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const problem = !isFileName(name) || !isArchive(name) ? t('format') : taken.has(name) ? t('taken') : undefined;
  const start = async () => {
    setBusy(true);
    try {
      const body = { folder, names, to: inFolder(folder, name.normalize('NFC')) };
      onStarted((await api<Accepted>('POST', `/containers/${id}/files/pack`, { body })).operation);
    } catch (failure) {
      if (failure instanceof ApiError) setRefused(failure);
      else fail(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { count: names.length, name: names[0] ?? '' })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button look="primary" type="submit" form={form} loading={busy} disabled={problem !== undefined}>
              {t('submit')}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="flex flex-col gap-3 pb-2"
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          <ErrorNotice error={refused} />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-1 font-medium">{t('kind')}</legend>
            {KINDS.map(([kind, word]) => (
              <label key={kind} className="flex items-center gap-2 touch:min-h-11">
                <input
                  type="radio"
                  name="kind"
                  checked={format === kind}
                  onChange={() => {
                    setFormat(kind);
                    setName(archiveNameOf(names, kind, taken));
                  }}
                />
                {t(word)}
              </label>
            ))}
          </fieldset>
          <Field label={t('name')} error={problem} required>
            {(control) => (
              <Input
                {...control}
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
