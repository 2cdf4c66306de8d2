'use client';

import { useTranslations } from 'next-intl';
import { announce } from '../../lib/announce.ts';
import type { AccessAction } from './access-edit.rules.ts';
import type { CellChanges } from './cell-range.rules.ts';

/** Changes many cells in one step, and says to how many it was done and what was left alone. */
export function useCellChanges(act: (action: AccessAction) => void): (changes: CellChanges) => void {
  const t = useTranslations('access.range');
  return ({ actions, setting, cells, locked, revoked }) => {
    if (actions.length > 0) act({ type: 'all', actions });
    const said = [
      t('done', { setting, count: cells }),
      ...(locked > 0 ? [t('locked', { count: locked })] : []),
      ...(revoked > 0 ? [t('revoked', { count: revoked })] : []),
    ];
    announce(`${said.join('. ')}.`);
  };
}
