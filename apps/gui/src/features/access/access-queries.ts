'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { Capability, ContainerId, Explanation, PrincipalList, TargetAccess } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';

const ACCESS = 'access';

/** What holds on one thing; looked at again when somebody comes back to the page. */
export function useAccessOn(resource: string, first: TargetAccess) {
  return useQuery({
    queryKey: [ACCESS, 'on', resource],
    queryFn: ({ signal }) => api<TargetAccess>('GET', `/access/on?${new URLSearchParams({ resource })}`, { signal }),
    initialData: first,
    refetchOnWindowFocus: 'always',
  });
}

/** While shown: what somebody else changes there, or what ends by itself, is asked for at once. */
export function useAccessFollowed(container: ContainerId): void {
  const queries = useQueryClient();
  const list = useLiveList(`access:${container}`, []);
  const version = useLiveItem(list, container)?.version;
  useEffect(() => {
    const shown = queries.getQueryData<TargetAccess>([ACCESS, 'on', container]);
    if (list.since !== null && shown && version !== shown.version)
      void queries.invalidateQueries({ queryKey: [ACCESS] });
  }, [queries, list, container, version]);
}

/** Where the core says whom something can be handed on to. */
export type ChoicesAddress = `/${string}`;
export const choicesOn = (resource: string): ChoicesAddress =>
  `/access/principals?${new URLSearchParams({ resource })}`;
/** On something that is only to be made. */
export const CHOICES_ON_NEW: ChoicesAddress = '/deployments/principals';

/** Whom and what can be chosen there; with `q`, those it finds. */
export function useChoices(from: ChoicesAddress, q: string, first?: PrincipalList) {
  return useQuery({
    queryKey: [ACCESS, 'principals', from, q],
    queryFn: ({ signal }) =>
      api<PrincipalList>('GET', `${from}${from.includes('?') ? '&' : '?'}${new URLSearchParams({ q })}`, { signal }),
    ...(first ? { initialData: first, refetchOnWindowFocus: 'always' as const } : {}),
    // What was found stays while somebody types on.
    placeholderData: (before) => before,
  });
}

export interface Question {
  readonly principal: string;
  readonly resource: string;
  readonly capability: Capability;
}

export function useExplanation({ principal, resource, capability }: Question) {
  return useQuery({
    queryKey: [ACCESS, 'explain', principal, resource, capability],
    queryFn: ({ signal }) =>
      api<Explanation>('GET', `/access/explain?${new URLSearchParams({ principal, resource, capability })}`, {
        signal,
      }),
    staleTime: 0,
  });
}

/** After a change, and after a conflict: everything about access is asked for anew. */
export function useAccessRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: [ACCESS] }), [queries]);
}
