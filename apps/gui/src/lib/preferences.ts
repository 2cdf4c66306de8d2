import { useSyncExternalStore } from 'react';

interface Kept<Values> {
  /** What it is called in this browser. */
  name: string;
  /** Where nothing can be asked: on the server, and while the first picture is made. */
  initial: Values;
  /** Of what is kept; null where nothing is. */
  read: (text: string | null) => Values;
  write: (values: Values) => string;
}

/** How this browser shows something, the same for every part of the page that asks. */
export function preferences<Values>({ name, initial, read, write }: Kept<Values>) {
  const listeners = new Set<() => void>();
  let current: Values | null = null;
  const get = (): Values => (current ??= read(localStorage.getItem(name)));
  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const change = (part: Partial<Values>): void => {
    current = { ...get(), ...part };
    localStorage.setItem(name, write(current));
    for (const listener of [...listeners]) listener();
  };
  return function usePreferences(): [Values, (part: Partial<Values>) => void] {
    return [useSyncExternalStore(subscribe, get, () => initial), change];
  };
}
