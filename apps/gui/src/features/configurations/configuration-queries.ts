'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type {
  ChangeConfiguration,
  ConfigurationReview,
  ContainerConfiguration,
  ContainerId,
  ContainerSettings,
  ExportConfiguration,
  ExportedConfiguration,
  ReviewConfiguration,
} from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { useSettled } from '../deployments/use-review.ts';

const AGAIN_MS = 3_000;
const keyOf = (id: ContainerId) => ['containers', id, 'configuration'];

export const useConfiguration = (id: ContainerId, initial?: ContainerConfiguration) =>
  useQuery({
    queryKey: keyOf(id),
    queryFn: ({ signal }) => api<ContainerConfiguration>('GET', `/containers/${id}/configuration`, { signal }),
    ...(initial === undefined ? {} : { initialData: initial }),
    refetchOnWindowFocus: 'always',
    staleTime: 5_000,
  });

/** Asks anew for how the container is made; done when the answer is there. */
export function useConfigurationRefresh(id: ContainerId): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: keyOf(id) }), [queries, id]);
}

/** How it is made, as another program writes it. */
export const useExport = (id: ContainerId, as: ExportConfiguration['as']) =>
  useQuery({
    queryKey: [...keyOf(id), 'export', as],
    queryFn: ({ signal }) =>
      api<ExportedConfiguration>('GET', `/containers/${id}/configuration/export?as=${as}`, { signal }),
    staleTime: 5_000,
  });

/** What was said of how it is reached. */
export const useSavedSettings = (id: ContainerId) =>
  useQuery({
    queryKey: ['containers', id, 'settings'],
    queryFn: ({ signal }) => api<ContainerSettings>('GET', `/containers/${id}/settings`, { signal }),
    staleTime: 5_000,
  });

/** The core's look at a change that is not saved, asked again when the person has stopped typing; null asks nothing. */
export function useChangeReview(id: ContainerId, change: ChangeConfiguration | null) {
  const asked = change === null ? null : JSON.stringify(change);
  const settled = useSettled(asked);
  const isSettled = settled !== null && settled === asked;
  return useQuery({
    queryKey: [...keyOf(id), 'review', settled],
    queryFn: ({ signal }) => review(id, { change: change ?? {} }, signal),
    enabled: isSettled,
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: 2_000,
  });
}

/** The look at what is about to be applied; asked again while something is in the way. */
export const useApplyReview = (id: ContainerId, body: ReviewConfiguration) =>
  useQuery({
    queryKey: [...keyOf(id), 'review', JSON.stringify(body)],
    queryFn: ({ signal }) => review(id, body, signal),
    gcTime: 0,
    refetchOnMount: 'always',
    refetchInterval: ({ state: { data } }) =>
      data?.checks.some(({ outcome }) => outcome === 'blocked') === true ? AGAIN_MS : false,
  });

const review = (id: ContainerId, body: ReviewConfiguration, signal: AbortSignal) =>
  api<ConfigurationReview>('POST', `/containers/${id}/configuration/review`, { body, signal });
