'use client';

import { useEffect, useRef, useState } from 'react';
import type { ContainerId, LogMatches } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import type { LogFilter } from './log-view.ts';
import { afterStep, type OlderSearch, startOlderSearch } from './older-search.rules.ts';

interface Searched {
  id: ContainerId;
  /** What was kept is searched: its container is gone. */
  kept: boolean;
}

export interface OlderSearching {
  search: OlderSearch | null;
  error: ApiError | null;
  start: (before: string) => void;
  stop: () => void;
}

/** Looks for the words of the filter in lines the page has not loaded, step by step until told to stop. */
export function useOlderSearch({ id, kept }: Searched, { query, stream, levels }: LogFilter): OlderSearching {
  const ofLevels = levels.join(',');
  const [search, setSearch] = useState<OlderSearch | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const running = useRef<AbortController | null>(null);

  // Other words are another search.
  useEffect(
    () => () => {
      running.current?.abort();
      setSearch(null);
      setError(null);
    },
    [id, query, stream, ofLevels],
  );

  const start = (before: string) => {
    const own = new AbortController();
    running.current?.abort();
    running.current = own;
    const begun = startOlderSearch(before);
    setError(null);
    setSearch(begun);
    void run(begun, own.signal);
  };
  const run = async (begun: OlderSearch, signal: AbortSignal) => {
    let known = begun;
    try {
      while (known.end === null) {
        const wish = new URLSearchParams({ q: query, before: known.before });
        if (stream !== null) wish.set('stream', stream);
        if (ofLevels !== '') wish.set('levels', ofLevels);
        if (known.depth !== undefined) wish.set('depth', String(known.depth));
        const step = await api<LogMatches>(
          'GET',
          `/${kept ? `kept-logs/${id}` : `containers/${id}/logs`}/matches?${wish}`,
          { signal },
        );
        known = afterStep(known, step);
        setSearch(known);
      }
    } catch (failure) {
      if (signal.aborted) return;
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
      setSearch({ ...known, end: 'failed' });
    }
  };
  const stop = () => {
    running.current?.abort();
    setSearch((known) => known && { ...known, end: 'stopped' });
  };
  return { search, error, start, stop };
}
