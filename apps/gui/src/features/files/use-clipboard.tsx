'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { ContainerId, FileEntry } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import { bringFile, forEachFile, type Undone } from './file-changes.ts';
import { PasteDialog } from './paste-dialog.tsx';

export interface Taken {
  act: 'copy' | 'move';
  folder: string;
  entries: readonly FileEntry[];
}
export interface Clipboard {
  taken: Taken | null;
  busy: boolean;
  take: (taken: Taken) => void;
  /** Into the folder that is shown. */
  paste: () => void;
  clear: () => void;
  /** Belongs somewhere into the page. */
  dialog: ReactNode;
}

interface Props {
  id: ContainerId;
  folder: string;
  /** What is in it. */
  items: readonly FileEntry[];
  onDone: (act: Taken['act'], count: number) => void;
}

/** Files that were taken by Ctrl C or X, to be put into another folder by Ctrl V; as long as the page is open. */
export function useClipboard({ id, folder, items, onDone }: Props): Clipboard {
  const t = useTranslations('files.clipboard');
  const fail = useErrorToast();
  const [taken, setTaken] = useState<Taken | null>(null);
  const [busy, setBusy] = useState(false);
  /** Those that could not be put there, and where that was. */
  const [stuck, setStuck] = useState<{ to: string; undone: readonly Undone[] } | null>(null);
  const put = async ({ act, folder: from, entries }: Taken, to: string, replace: boolean) => {
    setBusy(true);
    try {
      const names = new Set(items.map(({ name }) => name));
      const undone = await forEachFile(entries, ({ name }) =>
        bringFile(id, act, { from, to, name, taken: names, replace }),
      );
      setStuck(undone.length === 0 ? null : { to, undone });
      const count = entries.length - undone.length;
      // What is moved is there no more to be moved again.
      if (act === 'move') setTaken(undone.length === 0 ? null : { act, folder: from, entries: undone.map(({ entry }) => entry) }); // prettier-ignore
      if (count > 0) onDone(act, count);
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  return {
    taken,
    busy,
    take: (next) => {
      setTaken(next);
      announce(t(`taken.${next.act}`, { count: next.entries.length }));
    },
    paste: () => {
      if (taken === null || busy || stuck !== null) return;
      if (taken.act === 'move' && taken.folder === folder) setTaken(null);
      else void put(taken, folder, false);
    },
    clear: () => setTaken(null),
    dialog: stuck && taken && (
      <PasteDialog
        act={taken.act}
        undone={stuck.undone}
        busy={busy}
        onReplace={(entries) => void put({ ...taken, entries }, stuck.to, true)}
        onClose={() => setStuck(null)}
      />
    ),
  };
}
