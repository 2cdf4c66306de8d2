'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Accepted, ArchiveFormat, ContainerId, FileEntry, Operation } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { archiveNameOf, isArchive } from './archive-name.rules.ts';
import { isFileName } from './file-acts.rules.ts';
import { inFolder } from './file-path.rules.ts';
import { FileNameField, FormDialog } from './form-dialog.tsx';

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
  const names = entries.map(({ name }) => name);
  const [format, setFormat] = useState<ArchiveFormat>('zip');
  const [name, setName] = useState(() => archiveNameOf(names, 'zip', taken));
  const problem = !isFileName(name) || !isArchive(name) ? t('format') : taken.has(name) ? t('taken') : undefined;
  const start = async () => {
    const body = { folder, names, to: inFolder(folder, name.normalize('NFC')) };
    onStarted((await api<Accepted>('POST', `/containers/${id}/files/pack`, { body })).operation);
  };
  return (
    <FormDialog
      title={t('title', { count: names.length, name: names[0] ?? '' })}
      submit={t('submit')}
      disabled={problem !== undefined}
      send={start}
      onClose={onClose}
    >
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
      <FileNameField label={t('name')} error={problem} value={name} onChange={setName} />
    </FormDialog>
  );
}
