'use client';

import { FilePlus, FolderPlus, FolderUp, Plus, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuLine, MenuTrigger } from '../../ui/menu.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { fromPicker, type Picked } from './picked-files.ts';
import type { NewKind } from './use-file-acts.tsx';

interface Props {
  /** Why nothing may be put here; null where it may. */
  reason: string | null;
  onNew: (kind: NewKind) => void;
  onFiles: (picked: Picked) => void;
}

/** What can be put into the folder that is shown. */
export function NewMenu({ reason, onNew, onFiles }: Props) {
  const t = useTranslations('files.new');
  const uploads = useTranslations('files.uploads');
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const picker = {
    type: 'file',
    multiple: true,
    hidden: true,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      if (currentTarget.files) onFiles(fromPicker(currentTarget.files));
      // The same files again are a choice as well.
      currentTarget.value = '';
    },
  } as const;
  return (
    <>
      <Menu>
        <DisabledReason reason={reason}>
          <MenuTrigger asChild>
            <Button disabled={reason !== null}>
              <Plus aria-hidden />
              {t('menu')}
            </Button>
          </MenuTrigger>
        </DisabledReason>
        <MenuContent align="start">
          <MenuItem onSelect={() => onNew('folder')}>
            <FolderPlus aria-hidden />
            {t('folder')}
          </MenuItem>
          <MenuItem onSelect={() => onNew('file')}>
            <FilePlus aria-hidden />
            {t('file')}
          </MenuItem>
          <MenuLine />
          <MenuItem onSelect={() => files.current?.click()}>
            <Upload aria-hidden />
            {uploads('pickFiles')}
          </MenuItem>
          <MenuItem onSelect={() => folder.current?.click()}>
            <FolderUp aria-hidden />
            {uploads('pickFolder')}
          </MenuItem>
        </MenuContent>
      </Menu>
      <input ref={files} {...picker} data-slot="pick-files" />
      <input
        ref={(input) => {
          folder.current = input;
          if (input) input.webkitdirectory = true;
        }}
        {...picker}
        data-slot="pick-folder"
      />
    </>
  );
}
