'use client';

import { CornerLeftUp, Folder } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContainerId, FileEntry, FileRoot } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useErrorToast } from '../shell/error-toast.ts';
import { bringFile, forEachFile, type Undone } from './file-changes.ts';
import { sortFiles } from './file-order.rules.ts';
import { inFolder, isWithin, parentOf } from './file-path.rules.ts';
import { useFileList } from './file-queries.ts';
import { PathBar } from './path-bar.tsx';
import { RootMenu } from './root-menu.tsx';
import { UndoneNotice } from './undone-notice.tsx';

interface Props {
  id: ContainerId;
  act: 'move' | 'copy';
  folder: string;
  roots: readonly FileRoot[];
  entries: readonly FileEntry[];
  onDone: (count: number) => void;
  onClose: () => void;
}

/** Chooses a folder; what is there under the same name is replaced only when that is said. */
export function MoveDialog({ id, act, folder, roots, entries, onDone, onClose }: Props) {
  const t = useTranslations(`files.${act}`);
  const shared = useTranslations('files.choose');
  const common = useTranslations('common');
  const locale = useLocale();
  const fail = useErrorToast();
  const [to, setTo] = useState(folder);
  const [busy, setBusy] = useState(false);
  const [undone, setUndone] = useState<readonly Undone[]>([]);
  const { data, error } = useFileList(id, to);
  const inItself = entries.some(({ name, kind }) => kind === 'folder' && isWithin(to, inFolder(folder, name)));
  const nowhere = act === 'move' && to === folder;
  const there = undone.filter(({ error: { envelope } }) => envelope.code === 'file_exists');

  const run = async (chosen: readonly FileEntry[], replace: boolean) => {
    setBusy(true);
    try {
      const taken = new Set(data?.items.map(({ name }) => name));
      const left = await forEachFile(chosen, ({ name }) =>
        bringFile(id, act, { from: folder, to, name, taken, replace }),
      );
      setUndone(left);
      if (left.length === 0) onDone(entries.length);
    } catch (failure) {
      fail(failure);
    } finally {
      setBusy(false);
    }
  };
  const folders = sortFiles(data?.items.filter(({ kind }) => kind === 'folder') ?? [], { key: 'name', descending: false }, locale); // prettier-ignore
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('title', { count: entries.length, name: entries[0]?.name ?? '' })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            {there.length > 0 && (
              <Button
                look="danger"
                loading={busy}
                onClick={() =>
                  void run(
                    there.map(({ entry }) => entry),
                    true,
                  )
                }
              >
                {shared('replace', { count: there.length })}
              </Button>
            )}
            {undone.length === 0 && (
              <Button
                look="primary"
                loading={busy}
                disabled={!data || nowhere || inItself}
                onClick={() => void run(entries, false)}
              >
                {t('submit')}
              </Button>
            )}
          </>
        }
      >
        <div className="flex flex-col gap-2 pb-2">
          <UndoneNotice undone={undone} />
          <div className="flex flex-wrap items-center gap-2">
            <RootMenu path={to} roots={roots} onGo={setTo} />
            <PathBar path={to} onGo={setTo} />
          </div>
          <ErrorNotice error={error instanceof ApiError ? error : null} />
          <ul
            aria-label={shared('folders')}
            className="h-60 overflow-y-auto rounded-md border border-line"
            tabIndex={0}
          >
            {to !== '/' && (
              <li>
                <Button look="ghost" className="w-full justify-start" onClick={() => setTo(parentOf(to))}>
                  <CornerLeftUp aria-hidden />
                  {shared('up')}
                </Button>
              </li>
            )}
            {!data && !error && <Skeleton className="m-2 w-1/2" />}
            {folders.map(({ name }) => (
              <li key={name}>
                <Button look="ghost" className="w-full justify-start" onClick={() => setTo(inFolder(to, name))}>
                  <Folder aria-hidden />
                  <span translate="no" className="truncate">
                    {name}
                  </span>
                </Button>
              </li>
            ))}
          </ul>
          {inItself && <p className="text-sm text-danger">{shared('inItself')}</p>}
        </div>
      </DialogContent>
    </Dialog>
  );
}
