'use client';

import { Copy, FolderInput, FolderOpen, KeyRound, type LucideIcon, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Container, FileEntry } from '@bailiwick/contract';
import { Menu, MenuContent, MenuItem, MenuLine, MenuTrigger } from '../../ui/menu.tsx';
import { useNeeds } from '../identity/needs.ts';
import { FILE_ACTS, type FileAct, isFor, NEEDS } from './file-acts.rules.ts';

export const ACT_ICONS: Record<FileAct, LucideIcon> = {
  rename: Pencil,
  move: FolderInput,
  copy: Copy,
  mode: KeyRound,
  delete: Trash2,
};

export interface MenuPlace {
  entry: FileEntry;
  x: number;
  y: number;
}
interface Props {
  container: Pick<Container, 'rights'>;
  place: MenuPlace;
  onOpen: (() => void) | null;
  onAct: (act: FileAct, entry: FileEntry) => void;
  onClose: () => void;
  /** It was closed and nothing else took the focus. */
  onReturn: () => void;
}

/** What can be done to one file, where it was asked for: by its button, the other mouse button or the keyboard. */
export function FileMenu({ container, place, onOpen, onAct, onClose, onReturn }: Props) {
  const t = useTranslations('files');
  const needs = useNeeds();
  const { entry, x, y } = place;
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
          const reason = needs(container, NEEDS[act]);
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
