'use client';

import { useQuery } from '@tanstack/react-query';
import type { ContainerList, TenantList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { useMay, useMe } from '../identity/me.tsx';
import type { Reachable } from './token.rules.ts';

/** Everything a token of theirs could be made for: tenants first, then containers. */
export function useReachable() {
  const { tenant } = useMe();
  const seesTenants = useMay('tenants.see');
  return useQuery({
    queryKey: ['tokens', 'reachable'],
    queryFn: async ({ signal }): Promise<Reachable[]> => {
      const [tenants, containers] = await Promise.all([
        seesTenants ? api<TenantList>('GET', '/tenants', { signal }).then(({ items }) => items) : [tenant],
        api<ContainerList>('GET', '/containers', { signal }),
      ]);
      return [
        ...tenants.map(({ id, name, slug }) => ({ id, kind: 'tenant' as const, name, detail: slug })),
        ...containers.items.map(({ id, name, image }) => ({ id, kind: 'container' as const, name, detail: image })),
      ];
    },
  });
}
