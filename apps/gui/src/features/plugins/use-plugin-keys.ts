'use client';

import { useTranslations } from 'next-intl';
import type { Plugin } from '@bailiwick/contract';
import { useShortcuts } from '../../lib/shortcuts.ts';

const rowLink = (id: string): HTMLElement | null => document.querySelector(`[data-id="${id}"] a`);

/** The list under the keyboard: the link with the focus is the row one is at. */
export function usePluginKeys(shown: readonly Plugin[]): void {
  const t = useTranslations('plugins.keys');
  const move = (step: number) => {
    const at = shown.findIndex(({ id }) => rowLink(id) === document.activeElement);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    if (next) rowLink(next.id)?.focus();
  };
  useShortcuts([
    { keys: 'j', label: t('next'), group: 'list', run: () => move(1) },
    { keys: 'k', label: t('previous'), group: 'list', run: () => move(-1) },
  ]);
}
