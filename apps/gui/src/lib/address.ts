import { useSearchParams } from 'next/navigation';
import { useMemo, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();

/** Changes the address within a page, at once: `replace` while somebody types, `push` when they decide. */
export function changeAddress(address: string, how: 'replace' | 'push' = 'replace'): void {
  if (how === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
  for (const listener of listeners) listener();
}

/**
 * The query of the address as it is now. The router tells of it a moment late, and a field bound to what it tells
 * would lose letters to whoever types fast.
 */
export function useAddressQuery(): URLSearchParams {
  const told = useSearchParams().toString();
  const text = useSyncExternalStore(
    subscribe,
    // Made anew for each render, so that it is asked again after a navigation of the router's.
    () => window.location.search.slice(1),
    () => told,
  );
  return useMemo(() => new URLSearchParams(text), [text]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}
