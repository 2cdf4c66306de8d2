import { useQuery } from '@tanstack/react-query';
import type { ContainerId, FilesFound } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

export interface Sought {
  folder: string;
  text: string;
  name: string;
  matchCase: boolean;
}

export const searchKey = (id: ContainerId) => ['files', id, 'search'];

/** Nothing is looked for until somebody says what; what was found stays as it was found. */
export const useSearch = (id: ContainerId, sought: Sought | null) =>
  useQuery({
    queryKey: [...searchKey(id), sought],
    queryFn: ({ signal }) => api<FilesFound>('GET', `/containers/${id}/files/searches?${toQuery(sought)}`, { signal }),
    enabled: sought !== null,
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

function toQuery(sought: Sought | null): string {
  const { folder = '/', text = '', name = '', matchCase = false } = sought ?? {};
  const named = Object.entries({ path: folder, text, name }).filter(([, value]) => value !== '');
  return new URLSearchParams([...named, ['matchCase', `${matchCase}`]]).toString();
}
