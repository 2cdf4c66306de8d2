'use client';

import { useSyncExternalStore } from 'react';

const STORED = 'bw_tenant';

/** The tenant somebody signed in to last in this browser; empty where none was named. */
export const useLastTenant = (): string => useSyncExternalStore(subscribe, read, () => '');

export function rememberTenant(slug: string): void {
  if (slug === '') localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, slug);
}

const read = (): string => localStorage.getItem(STORED) ?? '';

function subscribe(listener: () => void): () => void {
  window.addEventListener('storage', listener);
  return () => window.removeEventListener('storage', listener);
}
