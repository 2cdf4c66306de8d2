import { useSyncExternalStore } from 'react';

/** False on the server and until the page listens; what somebody types before that would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
}
