'use client';

import { useQuery } from '@tanstack/react-query';
import type { UserList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import type { Choice } from '../../ui/pick-list.tsx';

/** Everybody of a tenant, to choose from. */
export function useMemberChoices(tenant: string, enabled: boolean) {
  return useQuery({
    queryKey: ['people', 'of', tenant],
    queryFn: async ({ signal }): Promise<Choice[]> => {
      const { items } = await api<UserList>('GET', `/users?tenant=${encodeURIComponent(tenant)}`, { signal });
      return items.map(({ id, displayName, username }) => ({ id, label: displayName, hint: username }));
    },
    enabled,
  });
}
