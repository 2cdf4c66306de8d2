'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { RowWords } from './log-line.tsx';

export function useRowWords(names: readonly string[] = []): RowWords {
  const t = useTranslations('logs');
  const all = names.length > 1 ? names.join('\n') : '';
  return useMemo(
    () => ({
      level: {
        fatal: t('level.fatal'),
        error: t('level.error'),
        warn: t('level.warn'),
        info: t('level.info'),
        debug: t('level.debug'),
        trace: t('level.trace'),
        unknown: t('level.unknown'),
      },
      sources: all === '' ? [] : all.split('\n'),
      stderr: t('stream.stderr'),
      fields: t('fields.show'),
      fold: ({ lines, isOpen }) => t(isOpen ? 'fold.close' : 'fold.open', { count: lines }),
      folded: ({ lines, matches }) => t('fold.lines', { count: lines, matches }),
      gap: ({ reason, lines }) => t(`gap.${reason}`, { lines: lines ?? 0, known: lines === null ? 'no' : 'yes' }),
      event: ({ event, exitCode }) =>
        t(`event.${event}`, { exitCode: exitCode ?? 0, known: exitCode === null ? 'no' : 'yes' }),
    }),
    [t, all],
  );
}
