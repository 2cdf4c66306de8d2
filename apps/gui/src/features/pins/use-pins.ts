import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ContainerId, Pins } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { useErrorToast } from '../shell/error-toast.ts';

const KEY = ['me', 'pins'];

/** What the reader wants at hand; undefined until it is known. */
export function usePins() {
  const queries = useQueryClient();
  const showError = useErrorToast();
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api<Pins>('GET', '/me/pins', { signal }),
  });
  /** Shown at once, and taken back where it is refused. */
  const put = async (containers: readonly ContainerId[]) => {
    const before = queries.getQueryData<Pins>(KEY);
    queries.setQueryData(KEY, { containers });
    try {
      queries.setQueryData(KEY, await api<Pins>('PUT', '/me/pins', { body: { containers } }));
    } catch (error) {
      queries.setQueryData(KEY, before);
      showError(error);
    }
  };
  return { pinned: data?.containers, put };
}
