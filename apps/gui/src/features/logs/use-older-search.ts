'use client';

import { useEffect, useRef, useState } from 'react';
import type { LogLine, LogMatches } from '@bailiwick/contract';
import { levelOf } from '@bailiwick/contract/log-levels';
import { api, ApiError } from '../../lib/api.ts';
import { toPlainText } from './ansi.rules.ts';
import { toExpression } from './log-search.rules.ts';
import type { LogFilter } from './log-view.ts';
import {
  afterStep,
  ended,
  nextSearch,
  type OlderSearch,
  type SearchFrom,
  startOlderSearch,
  withStep,
} from './older-search.rules.ts';
import type { ViewedLog } from './together.rules.ts';

/** What was kept is searched where the container is gone. */
export type SearchedLog = Pick<ViewedLog, 'id' | 'name' | 'kept'>;

export interface OlderSearching {
  /** One of each log that has anything further back. */
  searches: readonly OlderSearch[] | null;
  start: (from: ReadonlyArray<SearchFrom | null>) => void;
  stop: () => void;
}

/** Looks for the words of the filter in lines the page has not loaded, step by step until told to stop. */
export function useOlderSearch(logs: readonly SearchedLog[], filter: LogFilter): OlderSearching {
  const { query, stream, levels } = filter;
  const ofLevels = levels.join(',');
  const ids = logs.map(({ id }) => id).join(',');
  const [searches, setSearches] = useState<readonly OlderSearch[] | null>(null);
  const running = useRef<AbortController | null>(null);

  // Other words are another search.
  useEffect(
    () => () => {
      running.current?.abort();
      setSearches(null);
    },
    [ids, query, stream, ofLevels],
  );

  const isFound = ({ text, stream: of }: LogLine): boolean => {
    const words = toPlainText(text);
    const isOfLevel = levels.length === 0 || levels.includes(levelOf(words));
    return (
      isOfLevel && (stream === null || stream === of) && (toExpression({ query, regex: false })?.test(words) ?? false)
    );
  };
  const start = (from: ReadonlyArray<SearchFrom | null>) => {
    const own = new AbortController();
    running.current?.abort();
    running.current = own;
    const begun = from.flatMap((each, source) => (each ? [startOlderSearch(source, each, isFound)] : []));
    setSearches(begun);
    void run(begun, own.signal);
  };
  const run = async (begun: readonly OlderSearch[], signal: AbortSignal) => {
    let known = begun;
    for (let next = nextSearch(known); next; next = nextSearch(known)) {
      const stepped = await step(next, signal);
      if (signal.aborted) return;
      known = withStep(known, stepped);
      setSearches(known);
    }
  };
  /** One log that cannot be searched does not keep the others from it. */
  const step = async (search: OlderSearch, signal: AbortSignal): Promise<OlderSearch> => {
    const log = logs[search.source];
    if (!log) return { ...search, end: 'stopped' };
    const wish = new URLSearchParams({ q: query, before: search.before });
    if (stream !== null) wish.set('stream', stream);
    if (ofLevels !== '') wish.set('levels', ofLevels);
    if (search.depth !== undefined) wish.set('depth', String(search.depth));
    const path = log.kept ? `kept-logs/${log.id}` : `containers/${log.id}/logs`;
    try {
      return afterStep(search, await api<LogMatches>('GET', `/${path}/matches?${wish}`, { signal }));
    } catch (failure) {
      if (signal.aborted) return search;
      if (!(failure instanceof ApiError)) throw failure;
      return { ...search, end: 'failed', error: failure.envelope };
    }
  };
  const stop = () => {
    running.current?.abort();
    setSearches((known) => known && ended(known, 'stopped'));
  };
  return { searches, start, stop };
}
