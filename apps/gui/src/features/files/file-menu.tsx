'use client';

import {
  Archive,
  ArchiveRestore,
  Copy,
  Download,
  FolderInput,
  FolderOpen,
  KeyRound,
  type LucideIcon,
  Pencil,
  Trash2,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Container, FileEntry, FileList } from '@bailiwick/contract';
import { Menu, MenuContent, MenuItem, MenuLine, MenuLink, MenuTrigger } from '../../ui/menu.tsx';
import { useNeeds } from '../identity/needs.ts';
import { FILE_ACTS, type FileAct, isFor, NEEDS } from './file-acts.rules.ts';
import { downloadAddress } from './file-changes.ts';
import { inFolder } from './file-path.rules.ts';

export const ACT_ICONS: Record<FileAct, LucideIcon> = {
  download: Download,
  rename: Pencil,
  move: FolderInput,
  copy: Copy,
  unpack: ArchiveRestore,
  pack: Archive,
  mode: KeyRound,
  delete: Trash2,
};

export interface MenuPlace {
  entry: FileEntry;
  x: number;
  y: number;
}
interface Props {
  container: Pick<Container, 'id' | 'rights'>;
  folder: string;
  /** Inside a container nothing is packed or unpacked. */
  by: FileList['by'];
  place: MenuPlace;
  onOpen: (() => void) | null;
  onAct: (act: FileAct, entry: FileEntry) => void;
  onClose: () => void;
  /** It was closed and nothing else took the focus. */
  onReturn: () => void;
}

/** What can be done to one file, where it was asked for: by its button, the other mouse button or the keyboard. */
export function FileMenu({ container, folder, by, place, onOpen, onAct, onClose, onReturn }: Props) {
  const t = useTranslations('files');
  const needs = useNeeds();
  const { entry, x, y } = place;
  const insideReason = (act: FileAct): string | null =>
    by === 'container' && (act === 'pack' || act === 'unpack') ? t('acts.onDiskOnly') : null;
  return (
    <Menu open onOpenChange={(open) => !open && onClose()}>
      <MenuTrigger asChild>
        <span aria-hidden className="fixed size-0" style={{ left: x, top: y }} />
      </MenuTrigger>
      <MenuContent
        align="start"
        aria-label={t('acts.of', { name: entry.name })}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (document.activeElement === document.body) onReturn();
        }}
      >
        {onOpen && (
          <>
            <MenuItem onSelect={onOpen}>
              <FolderOpen aria-hidden />
              {t('acts.open')}
            </MenuItem>
            <MenuLine />
          </>
        )}
        {FILE_ACTS.filter((act) => isFor(act, entry)).map((act) => {
          const Icon = ACT_ICONS[act];
          const reason = needs(container, NEEDS[act]) ?? insideReason(act);
          if (act === 'download' && reason === null)
            return (
              <MenuLink key={act}>
                <a href={downloadAddress(container.id, inFolder(folder, entry.name))} download>
                  <Icon aria-hidden />
                  {entry.kind === 'folder' ? t('acts.downloadFolder') : t('acts.download')}
                </a>
              </MenuLink>
            );
          return (
            <MenuItem
              key={act}
              look={act === 'delete' ? 'danger' : 'plain'}
              reason={reason}
              onSelect={() => onAct(act, entry)}
            >
              <Icon aria-hidden />
              {t(`acts.${act}`)}
            </MenuItem>
          );
        })}
      </MenuContent>
    </Menu>
  );
}
