'use client';

import { useTranslations } from 'next-intl';
import type { Capability, CapabilityGroup } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import type { AccessAction, Setting } from './access-edit.rules.ts';
import { nextSetting } from './access-edit.rules.ts';
import { type Cell, groupState, type MatrixRow } from './access-matrix.rules.ts';
import { useAccessWords } from './access-words.ts';
import { useCapabilityWords } from './capability-words.ts';
import { setCells } from './cell-range.rules.ts';
import { capabilitiesOf } from './matrix-columns.ts';

/** What a press on a cell does, and what it is called. */
export function useCellActions(act: (action: AccessAction) => void) {
  const t = useTranslations('access');
  const words = useAccessWords();
  const capabilityWords = useCapabilityWords();
  const set = (row: MatrixRow, capabilities: readonly Capability[], setting: Setting) =>
    act(setCells(row, capabilities, setting));
  const SAYS = { inherit: 'cell.none', allow: 'cell.exception', deny: 'cell.denied' } as const;
  return {
    press: (row: MatrixRow, { capability, setting }: Cell) => {
      const next = nextSetting(setting);
      set(row, [capability], next);
      if (next !== 'inherit') {
        announce(
          t('cell.label', { name: words.rowName(row), what: capabilityWords.name(capability), state: t(SAYS[next]) }),
        );
      }
    },
    pressGroup: (row: MatrixRow, group: CapabilityGroup) => {
      const state = groupState(row, capabilitiesOf(group));
      const free = capabilitiesOf(group).filter((each) => row.cells.get(each)?.locked === false);
      set(row, free, state.setting === 'mixed' ? 'allow' : nextSetting(state.setting));
    },
    groupLabel: (row: MatrixRow, group: CapabilityGroup) => {
      const { allowed, of, exceptions, changed } = groupState(row, capabilitiesOf(group));
      const label = t('cell.group', {
        name: words.rowName(row),
        group: capabilityWords.group(group),
        allowed,
        of,
        exceptions,
      });
      return changed ? `${label}, ${t('cell.notSaved')}` : label;
    },
    lockedLabel: (capability: Capability) => t('cell.locked', { what: capabilityWords.name(capability) }),
    lockedGroup: (group: CapabilityGroup) => t('cell.lockedGroup', { group: capabilityWords.group(group) }),
  };
}
export type CellActions = ReturnType<typeof useCellActions>;
