'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { OperationStep } from '@bailiwick/contract';
import { formatBytes } from '../../lib/format.ts';

/** What a step is at, in words; null for a note this panel has no words for. */
export function useStepNote({ note }: Pick<OperationStep, 'note'>): string | null {
  const t = useTranslations('operations.note');
  const locale = useLocale();
  if (note === null) return null;
  const text = (name: string): string => {
    const value = note.params[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const number = (name: string): number => Number(note.params[name]);
  switch (note.code) {
    case 'pulling': {
      const [done, total] = [number('doneBytes'), number('totalBytes')];
      if (!(total > 0)) return t('pulling', { image: text('image') });
      return t('pulled', {
        image: text('image'),
        done: formatBytes(done, locale),
        total: formatBytes(total, locale),
      });
    }
    case 'items':
      return t('items', { done: number('done'), of: number('of') });
    case 'bytes':
      return t('bytes', { done: formatBytes(number('done'), locale) });
    case 'plugin_says':
      return t('pluginSays', { message: text('message') });
    case 'people':
      return t('people', { read: number('read') });
    case 'rows':
      return t('rows', { rows: number('rows') });
    case 'watching':
      return t('watching');
    case 'waiting_for_health':
      return t('waitingForHealth');
    case 'waiting_for_engine':
      return t('waitingForEngine', { retry: number('retry'), of: number('of') });
    case 'waiting_to_undo':
      return t('waitingToUndo');
    default:
      return null;
  }
}
