'use client';

import { useTranslations } from 'next-intl';
import type { Shortcut } from '../../lib/keyboard.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';

export interface LogKeys {
  onMatch: (direction: 1 | -1) => void;
  onProblem: (direction: 1 | -1) => void;
  onPause: () => void;
  onEnd: () => void;
  onOldest: () => void;
  onWrap: () => void;
  onFold: () => void;
  onTime: () => void;
  onJump: () => void;
  onMark: () => void;
  onFull: () => void;
  onClear: () => void;
}

export function useLogKeys(actions: LogKeys): void {
  const t = useTranslations('logs.shortcuts');
  const key = (keys: string, label: string, run: () => void): Shortcut => ({ keys, label, group: 'logs', run });
  useShortcuts([
    key('n', t('next'), () => actions.onMatch(1)),
    key('Shift n', t('previous'), () => actions.onMatch(-1)),
    key('e', t('nextProblem'), () => actions.onProblem(1)),
    key('Shift e', t('previousProblem'), () => actions.onProblem(-1)),
    key('Space', t('pause'), actions.onPause),
    key('End', t('end'), actions.onEnd),
    key('Shift g', t('end'), actions.onEnd),
    key('g g', t('oldest'), actions.onOldest),
    key('w', t('wrap'), actions.onWrap),
    key('z', t('fold'), actions.onFold),
    key('i', t('time'), actions.onTime),
    key('@', t('jump'), actions.onJump),
    key('m', t('mark'), actions.onMark),
    key('Shift f', t('full'), actions.onFull),
    key('Escape', t('clear'), actions.onClear),
  ]);
}
