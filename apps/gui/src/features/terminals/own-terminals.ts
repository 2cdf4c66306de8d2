import { useQuery } from '@tanstack/react-query';
import type { Terminal, TerminalList } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

export const OWN_TERMINALS = ['terminals', 'own'] as const;

/** The shells one has open, wherever; looked for anew when one is opened or ends here, and when the page is come back to. */
export function useOwnTerminals(): readonly Terminal[] {
  const { data } = useQuery({
    queryKey: OWN_TERMINALS,
    queryFn: ({ signal }) => api<TerminalList>('GET', '/me/terminals', { signal }),
    staleTime: 10_000,
    refetchOnWindowFocus: true,
    retry: false,
  });
  return data?.items ?? [];
}
