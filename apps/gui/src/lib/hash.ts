'use client';

import { useSyncExternalStore } from 'react';

/** What stands behind the hash of the address; null while the server renders, which is never told. */
export const useHash = (): string | null => useSyncExternalStore(subscribe, read, () => null);

const read = (): string => window.location.hash.slice(1);

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
