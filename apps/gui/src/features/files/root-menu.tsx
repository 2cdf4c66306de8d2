'use client';

import { Check, ChevronDown, HardDrive, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FileRoot } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuLine, MenuTrigger } from '../../ui/menu.tsx';
import { rootOf } from './file-path.rules.ts';

export interface RootMenuProps {
  path: string;
  roots: readonly FileRoot[];
  onGo: (path: string) => void;
  /** Shows what was deleted here; left out where there is no bin. */
  onDeleted?: (() => void) | undefined;
}

/** Where one may begin, and what becomes of each when the container is made anew. */
export function RootMenu({ path, roots, onGo, onDeleted }: RootMenuProps) {
  const t = useTranslations('files.roots');
  const deleted = useTranslations('deletedFiles');
  const current = rootOf(path, roots);
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button aria-label={t('choose', { path: current?.path ?? path })}>
          <HardDrive aria-hidden />
          <span translate="no" className="max-w-40 truncate font-mono text-xs">
            {current?.path ?? path}
          </span>
          <ChevronDown aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="start">
        <MenuLabel>{t('label')}</MenuLabel>
        {roots.map((root) => (
          <MenuItem
            key={root.path}
            onSelect={() => onGo(root.path)}
            hint={<Kept persistent={root.kind !== 'container'} />}
          >
            {root.path === current?.path ? <Check aria-hidden /> : <span aria-hidden className="size-4" />}
            <span className="flex flex-col">
              <span translate="no" className="font-mono text-xs">
                {root.path}
              </span>
              <span className="text-xs text-fg-3">{t(`kind.${root.kind}`)}</span>
            </span>
          </MenuItem>
        ))}
        {onDeleted && (
          <>
            <MenuLine />
            <MenuItem onSelect={onDeleted}>
              <Trash2 aria-hidden />
              {deleted('open')}
            </MenuItem>
          </>
        )}
      </MenuContent>
    </Menu>
  );
}

/** What becomes of what lies there when the container is made anew. */
export function Kept({ persistent }: { persistent: boolean }) {
  const t = useTranslations('files.roots');
  return persistent ? (
    <Badge tone="success" title={t('keptText')}>
      {t('kept')}
    </Badge>
  ) : (
    <Badge tone="warning" title={t('lostText')}>
      {t('lost')}
    </Badge>
  );
}
