import { useQuery } from '@tanstack/react-query';
import type { ContainerId, DeletedFiles } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

/** What lies in the bin of the place a folder is in. */
export const useDeletedFiles = (id: ContainerId, folder: string) =>
  useQuery({
    // With the lists: what changes one changes the other.
    queryKey: ['files', id, 'list', folder, 'deleted'],
    queryFn: ({ signal }) =>
      api<DeletedFiles>('GET', `/containers/${id}/files/deleted?${new URLSearchParams({ path: folder })}`, { signal }),
    staleTime: 0,
  });

/** What was deleted: where it was, and its key in the bin. */
export interface Kept {
  path: string;
  key: string;
}

export const putBack = (id: ContainerId, { path, key }: Kept) =>
  api('POST', `/containers/${id}/files/deleted/put-back`, { body: { path, key } });
