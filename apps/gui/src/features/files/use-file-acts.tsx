'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Container, FileEntry, FileList, Operation } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { toast } from '../../ui/toast.tsx';
import type { Kept } from '../deleted-files/deleted-queries.ts';
import { usePutBack } from '../deleted-files/use-put-back.ts';
import { useErrorToast } from '../shell/error-toast.ts';
import { DeleteFiles } from './delete-files.tsx';
import type { FileAct } from './file-acts.rules.ts';
import { moveFile } from './file-changes.ts';
import { inFolder } from './file-path.rules.ts';
import { refreshFiles } from './file-queries.ts';
import { ModeDialog } from './mode-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { NewFileDialog } from './new-file-dialog.tsx';
import { PackDialog } from './pack-dialog.tsx';
import { UnpackDialog } from './unpack-dialog.tsx';

/** As long as one needs to see that it was the wrong one. */
const UNDO_MS = 12_000;

export type NewKind = 'file' | 'folder';
type Asked =
  | { what: 'move' | 'copy' | 'unpack' | 'pack' | 'mode' | 'delete'; entries: readonly FileEntry[] }
  | { what: 'new'; kind: NewKind };

interface Props {
  container: Pick<Container, 'id' | 'rights'>;
  folder: string;
  list: FileList | undefined;
  onMade: (kind: NewKind, name: string) => void;
  /** Something was done to those that were chosen. */
  onDone: () => void;
  /** It goes on by itself. */
  onStarted: (operation: Operation) => void;
}

export interface FileActs {
  ask: (act: FileAct, entries: readonly FileEntry[]) => void;
  askNew: (kind: NewKind) => void;
  /** The name of what is being called something else. */
  renaming: string | null;
  /** Answers what it is called then. */
  rename: (entry: FileEntry, to: string) => Promise<string>;
  stopRenaming: () => void;
  /** Says that something was done, after which the folder is another. */
  tell: (text: string) => void;
  /** Belongs somewhere into the page. */
  dialog: ReactNode;
}

/** What can be done to the files of a folder, from its rows, its menu and its bars. */
export function useFileActs({ container: { id, rights }, folder, list, onMade, onDone, onStarted }: Props): FileActs {
  const t = useTranslations('files');
  const queries = useQueryClient();
  const fail = useErrorToast();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const close = () => setAsked(null);
  const undo = useTranslations('deletedFiles');
  const putBack = usePutBack(id);
  const done = (text: string, kept: readonly Kept[] = []) => {
    close();
    announce(text);
    const isUndoable = kept.length > 0 && rights.can.includes('files.write');
    const action = { label: undo('undo'), onClick: () => void putBack(kept) };
    toast(text, isUndoable ? { action, duration: UNDO_MS } : {});
    onDone();
    void refreshFiles(queries, id);
  };
  const rename = async ({ name }: FileEntry, to: string) => {
    setRenaming(null);
    if (to === name) return name;
    try {
      await moveFile(id, inFolder(folder, name), inFolder(folder, to));
    } catch (error) {
      fail(error);
      return name;
    }
    announce(t('rename.done', { name, to }));
    await refreshFiles(queries, id);
    return to;
  };
  return {
    ask: (act, entries) => {
      if (act === 'rename') setRenaming(entries[0]?.name ?? null);
      else if (act !== 'download') setAsked({ what: act, entries });
    },
    askNew: (kind) => setAsked({ what: 'new', kind }),
    renaming,
    rename,
    stopRenaming: () => setRenaming(null),
    tell: done,
    dialog: asked && list && (
      <AskedDialog
        id={id}
        folder={folder}
        list={list}
        asked={asked}
        onClose={close}
        onDone={done}
        onMade={onMade}
        onStarted={(operation) => {
          close();
          onDone();
          onStarted(operation);
        }}
      />
    ),
  };
}

interface AskedProps {
  id: Container['id'];
  folder: string;
  list: FileList;
  asked: Asked;
  onClose: () => void;
  onDone: (text: string, kept?: readonly Kept[]) => void;
  onMade: Props['onMade'];
  onStarted: Props['onStarted'];
}

function AskedDialog({ id, folder, list, asked, onClose, onDone, onMade, onStarted }: AskedProps) {
  const t = useTranslations('files');
  const queries = useQueryClient();
  if (asked.what === 'new')
    return (
      <NewFileDialog
        id={id}
        folder={folder}
        kind={asked.kind}
        taken={new Set(list.items.map(({ name }) => name))}
        onMade={(name) => {
          onClose();
          void refreshFiles(queries, id).then(() => onMade(asked.kind, name));
        }}
        onClose={onClose}
      />
    );
  const { what, entries } = asked;
  if (what === 'unpack')
    return (
      <UnpackDialog
        id={id}
        folder={folder}
        name={entries[0]?.name ?? ''}
        items={list.items}
        onStarted={onStarted}
        onClose={onClose}
      />
    );
  if (what === 'pack') {
    const taken = new Set(list.items.map(({ name }) => name));
    return (
      <PackDialog id={id} folder={folder} entries={entries} taken={taken} onStarted={onStarted} onClose={onClose} />
    );
  }
  const say = (count: number) => t(`${what}.done`, { count });
  const shared = { id, folder, entries, onClose, onDone: (count: number) => onDone(say(count)) };
  if (what === 'delete')
    return <DeleteFiles {...shared} by={list.by} onDone={(count, kept) => onDone(say(count), kept)} />;
  if (what === 'mode') return <ModeDialog {...shared} />;
  return <MoveDialog act={what} roots={list.roots} {...shared} />;
}
