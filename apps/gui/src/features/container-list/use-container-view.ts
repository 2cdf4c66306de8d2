'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo } from 'react';
import { type ContainerView, readView, writeView } from './container-view.rules.ts';
import { rememberList } from './last-list.ts';

/** The view lives in the address: `replace` while somebody types, `push` when they decide. */
export function useContainerView(): {
  view: ContainerView;
  show: (view: ContainerView, how?: 'replace' | 'push') => void;
} {
  const parameters = useSearchParams();
  const view = useMemo(() => readView(Object.fromEntries(parameters)), [parameters]);
  useEffect(() => rememberList(writeView(view)), [view]);
  const show = useCallback((next: ContainerView, how: 'replace' | 'push' = 'replace') => {
    const address = `${window.location.pathname}${writeView(next)}`;
    if (how === 'push') window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  }, []);
  return { view, show };
}
