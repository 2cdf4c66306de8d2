'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo } from 'react';
import type { User, UserList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { useLiveList } from '../../lib/live-hooks.ts';
import { inOrder, type PeopleView, readPeopleView, writePeopleView } from './people-view.rules.ts';

const PEOPLE = ['people'];

/** What the server rendered with the page. */
export interface FirstPeople {
  items: readonly User[];
  total: number;
  unread: readonly string[];
}

/** Everybody; looked at again when somebody comes back to the page. */
export function usePeople(first?: FirstPeople) {
  const whole = first !== undefined && first.items.length === first.total;
  return useQuery({
    queryKey: PEOPLE,
    queryFn: ({ signal }) => api<UserList>('GET', '/users', { signal }),
    refetchOnWindowFocus: true,
    ...(whole ? { initialData: { items: [...first.items], unread: [...first.unread], version: '' } } : {}),
  });
}

/** Whoever comes, goes or changes shows in the list as it happens. */
export function useLivePeople({ items: first, unread }: Pick<FirstPeople, 'items' | 'unread'>): void {
  const queries = useQueryClient();
  const list = useLiveList('people', first);
  useEffect(() => {
    const pour = () => {
      if (list.since === null) return;
      // What is being asked for may be older than what was just told.
      void queries.cancelQueries({ queryKey: PEOPLE, exact: true });
      queries.setQueryData<UserList>(PEOPLE, (before) => ({
        items: inOrder(list.items()),
        unread: before?.unread ?? [...unread],
        version: '',
      }));
    };
    pour();
    return list.subscribe(pour);
  }, [list, queries, unread]);
}

/** After a change: lists are asked for anew, and what the server rendered is rendered anew. */
export function usePeopleRefresh(): () => void {
  const queries = useQueryClient();
  const router = useRouter();
  return useCallback(() => {
    void queries.invalidateQueries({ queryKey: PEOPLE });
    router.refresh();
  }, [queries, router]);
}

let lastQuery = '';

/** The list as it was left, so that the way up from a person leads back to the same people. */
export const lastPeopleAddress = (): string => `/people${lastQuery}`;

/** The view lives in the address: `replace` while somebody types, `push` when they decide. */
export function usePeopleView(): {
  view: PeopleView;
  show: (view: PeopleView, how?: 'replace' | 'push') => void;
} {
  const parameters = useAddressQuery();
  const view = useMemo(() => readPeopleView(Object.fromEntries(parameters)), [parameters]);
  useEffect(() => {
    lastQuery = writePeopleView(view);
  }, [view]);
  const show = useCallback((next: PeopleView, how: 'replace' | 'push' = 'replace') => {
    changeAddress(`${window.location.pathname}${writePeopleView(next)}`, how);
  }, []);
  return { view, show };
}
