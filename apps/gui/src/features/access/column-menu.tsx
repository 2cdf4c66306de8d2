'use client';

import { Check, EllipsisVertical, Eraser } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Capability } from '@bailiwick/contract';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../ui/menu.tsx';
import type { AccessAction } from './access-edit.rules.ts';
import type { HolderRow } from './access-matrix.rules.ts';
import { fillColumn } from './cell-range.rules.ts';
import type { Placed } from './row-controls.tsx';
import { useCellChanges } from './use-cell-changes.ts';

interface Props {
  /** The right or the group the column is about. */
  what: string;
  capabilities: readonly Capability[];
  shown: readonly HolderRow[];
  act: (action: AccessAction) => void;
  place: Placed;
}

const ICONS = { allow: Check, inherit: Eraser };

/** Does one thing to a column for all people and teams that are shown. */
export function ColumnMenu({ what, capabilities, shown, act, place }: Props) {
  const t = useTranslations('access.column');
  const label = t('menu', { what });
  return (
    <Menu>
      <MenuTrigger
        aria-label={label}
        title={label}
        // The arrow keys move in the grid; Enter and Space open it.
        onKeyDown={(event) => event.key === 'ArrowDown' && event.preventDefault()}
        className="inline-flex size-6 items-center justify-center rounded-sm hover:bg-surface-3 hover:text-fg touch:size-11"
        {...place}
      >
        <EllipsisVertical aria-hidden className="size-3.5" />
      </MenuTrigger>
      <MenuContent align="start" aria-label={label}>
        <Entry setting="allow" capabilities={capabilities} shown={shown} act={act} />
        <Entry setting="inherit" capabilities={capabilities} shown={shown} act={act} />
      </MenuContent>
    </Menu>
  );
}

function Entry({
  setting,
  capabilities,
  shown,
  act,
}: Omit<Props, 'what' | 'place'> & { setting: 'allow' | 'inherit' }) {
  const t = useTranslations('access');
  const apply = useCellChanges(act);
  const changes = fillColumn(shown, capabilities, setting);
  const Icon = ICONS[setting];
  const left = [
    ...(changes.locked > 0 ? [t('range.locked', { count: changes.locked })] : []),
    ...(changes.revoked > 0 ? [t('range.revoked', { count: changes.revoked })] : []),
  ];
  const nothing = left.length > 0 ? `${left.join('. ')}.` : t('column.same');
  return (
    <MenuItem
      reason={changes.cells === 0 ? nothing : null}
      onSelect={() => apply(changes)}
      hint={changes.cells > 0 && left.length > 0 ? left.join('. ') : undefined}
    >
      <Icon aria-hidden />
      {t(`column.${setting}`, { count: shown.length })}
    </MenuItem>
  );
}
