'use client';

import { useCallback, useEffect, useMemo } from 'react';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { type ContainerView, readView, writeView } from './container-view.rules.ts';
import { rememberList } from './last-list.ts';

/** The view lives in the address: `replace` while somebody types, `push` when they decide. */
export function useContainerView(): {
  view: ContainerView;
  show: (view: ContainerView, how?: 'replace' | 'push') => void;
} {
  const parameters = useAddressQuery();
  const view = useMemo(() => readView(Object.fromEntries(parameters)), [parameters]);
  useEffect(() => rememberList(writeView(view)), [view]);
  const show = useCallback((next: ContainerView, how: 'replace' | 'push' = 'replace') => {
    changeAddress(`${window.location.pathname}${writeView(next)}`, how);
  }, []);
  return { view, show };
}
