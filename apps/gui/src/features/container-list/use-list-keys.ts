'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import type { Container } from '@bailiwick/contract';
import type { Shortcut } from '../../lib/keyboard.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { judge, type PowerAction } from '../containers/power.rules.ts';
import type { RowActions } from './container-row.tsx';

interface Props {
  rows: readonly Container[];
  actions: RowActions;
  scroller: RefObject<((index: number) => void) | null>;
  onChooseAll: () => void;
}

/** The list under the keyboard: the row with the focus is the one that keys act on. */
export function useListKeys({ rows, actions, scroller, onChooseAll }: Props): void {
  const t = useTranslations('containers.keys');
  const router = useRouter();
  const current = () => rows.find(({ id }) => id === focusedRow());
  const move = (step: number) => {
    const at = rows.findIndex(({ id }) => id === focusedRow());
    const next = Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step));
    const row = rows[next];
    if (row === undefined) return;
    scroller.current?.(next);
    // A row that was far away is drawn in the next frame.
    if (!focusRow(row.id)) requestAnimationFrame(() => focusRow(row.id));
  };
  const onCurrent = (act: (container: Container) => void) => () => {
    const container = current();
    if (container) act(container);
  };
  const power = (action: PowerAction) =>
    onCurrent((container) => {
      if (judge(action, container).able) actions.ask(action, container);
    });
  const key = (keys: string, label: string, run: () => void): Shortcut => ({ keys, label, group: 'list', run });
  useShortcuts([
    key('j', t('next'), () => move(1)),
    key('k', t('previous'), () => move(-1)),
    key(
      'p',
      t('peek'),
      onCurrent(({ id }) => actions.peek(id)),
    ),
    key(
      'x',
      t('select'),
      onCurrent(({ id }) => actions.choose(id, false)),
    ),
    key(
      'Shift x',
      t('selectRange'),
      onCurrent(({ id }) => actions.choose(id, true)),
    ),
    key('Ctrl a', t('selectAll'), onChooseAll),
    key('s', t('start'), power('start')),
    key('Shift s', t('stop'), power('stop')),
    key('r', t('restart'), power('restart')),
    key('Delete', t('delete'), power('delete')),
    key(
      '.',
      t('menu'),
      onCurrent(({ id }) => openMenu(id)),
    ),
    key(
      'l',
      t('logs'),
      onCurrent(({ id }) => router.push(`/containers/${id}/logs`)),
    ),
  ]);
}

const rowOf = (id: string) => document.querySelector<HTMLElement>(`[data-slot="container-row"][data-id="${id}"]`);
const focusedRow = () => document.activeElement?.closest<HTMLElement>('[data-slot="container-row"]')?.dataset['id'];

function focusRow(id: string): boolean {
  const link = rowOf(id)?.querySelector<HTMLElement>('[data-row-link]');
  link?.focus();
  link?.scrollIntoView({ block: 'nearest' });
  return link !== undefined && link !== null;
}

function openMenu(id: string): void {
  const button = rowOf(id)?.querySelector<HTMLElement>('[data-row-menu]');
  // The menu opens on Enter; a click made by a program is not a pointer press.
  button?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
}
