'use client';

import { useSyncExternalStore } from 'react';

/** Whether a media query fits the window. `guess`: on the server, and while the first picture is made. */
export const useMedia = (query: string, guess: boolean): boolean =>
  useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
    () => guess,
  );
