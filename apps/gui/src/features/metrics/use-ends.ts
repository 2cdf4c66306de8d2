import { useQuery } from '@tanstack/react-query';
import type { ContainerEnd, ContainerEnds, ContainerId } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

const AGAIN_MS = 15_000;

/** How its runs ended, as it is now; nothing for who may not know it. */
export function useEnds(id: ContainerId, first: readonly ContainerEnd[] | null): readonly ContainerEnd[] | null {
  const { data } = useQuery({
    queryKey: ['containers', id, 'ends', 'charted'],
    queryFn: ({ signal }) => api<ContainerEnds>('GET', `/containers/${id}/ends`, { signal }),
    initialData: { items: [...(first ?? [])] },
    refetchInterval: AGAIN_MS,
    enabled: first !== null,
  });
  return first === null ? null : data.items;
}
