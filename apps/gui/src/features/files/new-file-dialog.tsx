'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerId } from '@bailiwick/contract';
import { isFileName } from './file-acts.rules.ts';
import { makeFolder } from './file-changes.ts';
import { inFolder } from './file-path.rules.ts';
import { FileNameField, FormDialog } from './form-dialog.tsx';
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
  const [name, setName] = useState('');
  const problem = name !== '' && !isFileName(name) ? t('format') : taken.has(name) ? t('taken') : undefined;
  const make = async () => {
    const path = inFolder(folder, name.normalize('NFC'));
    await (kind === 'folder' ? makeFolder(id, path) : saveContent(id, path, '', null));
    onMade(name);
  };
  return (
    <FormDialog
      title={t(kind)}
      submit={t('make')}
      disabled={name === '' || problem !== undefined}
      send={make}
      onClose={onClose}
    >
      <FileNameField autoFocus label={t('name')} error={problem} value={name} onChange={setName} />
    </FormDialog>
  );
}
