import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { ContainerId, FileContent, FileList, FileWritten } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { useWindowFocus } from './window-focus.ts';

const LOOK_AGAIN_MS = 5_000;
/** From here on a list is a few megabytes to send and to read. */
const LONG_LIST = 10_000;
const LONG_LOOK_AGAIN_MS = 30_000;

const listKey = (id: ContainerId, path: string) => ['files', id, 'list', path];

/** `path`: empty for where it begins. */
export const listQuery = (id: ContainerId, path: string) => ({
  queryKey: listKey(id, path),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api<FileList>('GET', `/containers/${id}/files${path === '' ? '' : `?${new URLSearchParams({ path })}`}`, {
      signal,
    }),
});

/** What is in a folder; looked at again while somebody looks at it. */
export function useFileList(id: ContainerId, path: string) {
  const focused = useWindowFocus();
  return useQuery({
    ...listQuery(id, path),
    refetchOnWindowFocus: 'always',
    refetchInterval: ({ state }) => {
      if (!focused || state.status === 'error') return false;
      return (state.data?.items.length ?? 0) > LONG_LIST ? LONG_LOOK_AGAIN_MS : LOOK_AGAIN_MS;
    },
  });
}

/** Where a link leads is for the core to say. */
export const askForFolder = (queries: QueryClient, id: ContainerId, path: string): Promise<FileList> =>
  queries.fetchQuery({ ...listQuery(id, path), staleTime: 0, retry: false });

export const refreshFiles = (queries: QueryClient, id: ContainerId): Promise<void> =>
  queries.invalidateQueries({ queryKey: ['files', id, 'list'] });

export const readContent = (id: ContainerId, path: string, maxBytes: number, signal?: AbortSignal) =>
  api<FileContent>(
    'GET',
    `/containers/${id}/files/content?${new URLSearchParams({ path, maxBytes: `${maxBytes}` })}`,
    signal ? { signal } : {},
  );

/** Read once when it is opened: what is under somebody's hands never changes by itself. */
export const useFileContent = (id: ContainerId, path: string, maxBytes: number) =>
  useQuery({
    queryKey: ['files', id, 'content', path, maxBytes],
    queryFn: ({ signal }) => readContent(id, path, maxBytes, signal),
    staleTime: 0,
    gcTime: 0,
    refetchOnReconnect: false,
  });

/** `ifMatch`: as what it was read; null where there should be none yet. */
export const saveContent = (id: ContainerId, path: string, text: string, ifMatch: string | null) =>
  api<FileWritten>('PUT', `/containers/${id}/files/content`, { body: { path, text, ifMatch } });
