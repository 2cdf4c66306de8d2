'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import type { ContainerId, FileEntry, FileList } from '@bailiwick/contract';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { TypedName } from '../../ui/typed-name.tsx';
import type { Kept } from '../deleted-files/deleted-queries.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import { deleteFile, forEachFile, type Undone } from './file-changes.ts';
import { inFolder, nameOf } from './file-path.rules.ts';
import { UndoneNotice } from './undone-notice.tsx';

interface Props {
  id: ContainerId;
  folder: string;
  entries: readonly FileEntry[];
  /** The container’s own programs know no bin. */
  by: FileList['by'];
  /** `kept`: what can be put back. */
  onDone: (count: number, kept: readonly Kept[]) => void;
  onClose: () => void;
}

/** Names what goes: to the bin of where it lies, or for ever where that is said and its name is typed. */
export function DeleteFiles({ id, folder, entries, by, onDone, onClose }: Props) {
  const t = useTranslations('files.delete');
  const fail = useErrorToast();
  const [chosen, setChosen] = useState(false);
  const forever = chosen || by === 'container';
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [undone, setUndone] = useState<readonly Undone[]>([]);
  const [first] = entries;
  const count = entries.length;
  const word = count === 1 ? (first?.name ?? '') : nameOf(folder);
  const kept = useRef<Kept[]>([]);
  const remove = async ({ name }: FileEntry) => {
    const path = inFolder(folder, name);
    const { key } = await deleteFile(id, path, forever);
    if (key !== null) kept.current.push({ path, key });
  };
  const run = async () => {
    setBusy(true);
    try {
      const gone = new Set(undone.map(({ entry }) => entry.name));
      const left = undone.length === 0 ? entries : entries.filter(({ name }) => gone.has(name));
      const still = await forEachFile(left, remove);
      setUndone(still);
      if (still.length === 0) onDone(count, kept.current);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      title={t('title', { count, name: first?.name ?? '' })}
      keep={t('keep')}
      submit={forever ? t('submitForever') : t('submit', { count, name: first?.name ?? '' })}
      act={{ loading: busy, disabled: forever && typed !== word, onClick: () => void run() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <UndoneNotice undone={undone} />
        <ul translate="no" className="max-h-40 overflow-y-auto font-mono text-xs break-all">
          {entries.map(({ name }) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
        <p>{forever ? t('forEver') : t('toBin')}</p>
        {by === 'disk' && (
          <label className="flex items-center gap-2 text-sm touch:min-h-11">
            <Checkbox checked={chosen} onChange={({ target }) => setChosen(target.checked)} />
            {t('forEverChoice')}
          </label>
        )}
        {forever && <TypedName label={t('type', { name: word })} value={typed} onChange={setTyped} />}
      </div>
    </ConfirmDialog>
  );
}
