'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DeployInput, DeployReview } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';

const QUIET_MS = 400;
/** What stands in the way may be gone without a word typed: an engine comes back, a quota is raised. */
const AGAIN_MS = 3_000;

/** The core's look at the deployment, asked again when the person has stopped typing; null while the form is wrong. */
export function useReview(input: DeployInput | null) {
  const settled = useSettled(input === null ? null : JSON.stringify(input));
  const asked = input === null ? null : JSON.stringify(input);
  const query = useQuery({
    queryKey: ['deployments', 'review', settled],
    queryFn: ({ signal }) => api<DeployReview>('POST', '/deployments/review', { body: input, signal }),
    enabled: settled !== null && settled === asked,
    placeholderData: keepPreviousData,
    staleTime: 2_000,
    refetchOnMount: 'always',
    refetchInterval: ({ state: { data } }) => (data?.checks.some(isBlocked) ? AGAIN_MS : false),
  });
  return { ...query, fresh: settled === asked && query.isSuccess && !query.isPlaceholderData };
}

const isBlocked = ({ outcome }: DeployReview['checks'][number]): boolean => outcome === 'blocked';

/** A value once it has stood still for a moment. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), QUIET_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
