'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QuotaState, QuotaSubject } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

const keyOf = (subject: QuotaSubject) => ['quotas', subject];

/** How much something may take and takes; looked at again when somebody comes back to the page. */
export const useQuota = (subject: QuotaSubject) =>
  useQuery({
    queryKey: keyOf(subject),
    queryFn: ({ signal }) => api<QuotaState>('GET', `/quotas/${subject}`, { signal }),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });

/** To be called once a quota was changed. */
export function useQuotaRefresh(): (subject: QuotaSubject) => void {
  const queries = useQueryClient();
  return (subject) => void queries.invalidateQueries({ queryKey: keyOf(subject) });
}
