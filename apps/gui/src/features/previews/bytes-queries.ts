import { useQuery } from '@tanstack/react-query';
import type { ContainerId } from '@bailiwick/contract';
import { apiBytes } from '../../lib/api.ts';

interface Part {
  from: number;
  length: number;
}

/** The bytes of a file, all of them or a part. */
export const useBytes = (id: ContainerId, path: string, part: Part | null, enabled = true) =>
  useQuery({
    queryKey: ['files', id, 'bytes', path, part?.from, part?.length],
    queryFn: ({ signal }) =>
      apiBytes(`/containers/${id}/files/download?${new URLSearchParams({ path })}`, {
        signal,
        ...(part ? { range: `bytes=${part.from}-${part.from + part.length - 1}` } : {}),
      }),
    enabled,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
