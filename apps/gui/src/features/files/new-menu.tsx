'use client';

import { FilePlus, FolderPlus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import type { NewKind } from './use-file-acts.tsx';

/** What can be put into the folder that is shown. */
export function NewMenu({ reason, onNew }: { reason: string | null; onNew: (kind: NewKind) => void }) {
  const t = useTranslations('files.new');
  return (
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
      </MenuContent>
    </Menu>
  );
}
