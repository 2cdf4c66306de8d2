'use client';

import { useSyncExternalStore } from 'react';
import type { Appearance } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { APPEARANCE_COOKIE, fromCookie, toCookie } from '../../lib/appearance-cookie.ts';

const YEAR_S = 31_536_000;
const listeners = new Set<() => void>();
let current: Appearance | null = null;

/** How the panel looks on this page now. */
export function useAppearance(initial: Appearance): Appearance {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (current ??= readFromPage()),
    () => initial,
  );
}

/** Shows it at once, remembers it in this browser for the first frame, and in the account for other browsers. */
export async function changeAppearance(change: Partial<Appearance>): Promise<void> {
  const next = { ...(current ?? readFromPage()), ...change };
  current = next;
  showOnPage(next);
  for (const listener of [...listeners]) listener();
  await api('PUT', '/me/appearance', { body: next });
}

/** Light becomes dark and dark becomes light; whoever followed the system leaves it by what is seen now. */
export async function toggleMode(): Promise<void> {
  const { mode } = current ?? readFromPage();
  const dark = mode === 'dark' || (mode === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  await changeAppearance({ mode: dark ? 'light' : 'dark' });
}

/** Another browser may have changed the account since this browser's cookie was written. */
export function adoptAppearance(appearance: Appearance): void {
  if (toCookie(current ?? readFromPage()) === toCookie(appearance)) return;
  current = appearance;
  showOnPage(appearance);
  for (const listener of [...listeners]) listener();
}

function showOnPage(appearance: Appearance): void {
  const root = document.documentElement;
  root.dataset['theme'] = appearance.theme;
  root.dataset['mode'] = appearance.mode;
  root.dataset['density'] = appearance.density;
  root.dataset['motion'] = appearance.motion;
  document.cookie = `${APPEARANCE_COOKIE}=${toCookie(appearance)}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

function readFromPage(): Appearance {
  const { theme, mode, density, motion } = document.documentElement.dataset;
  return fromCookie([theme, mode, density, motion].join('.'));
}
