import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useCallback } from 'react';
import type { ContainerId, FileList } from '@bailiwick/contract';
import { sortFiles } from '../files/file-order.rules.ts';
import { listQuery } from '../files/file-queries.ts';
import type { Known } from './folder-tree.rules.ts';

const FRESH_MS = 30_000;

/** The folders in each of some folders; each is read once it is asked for, and again when something was changed. */
export function useFolders(id: ContainerId, paths: readonly string[], dotFiles: boolean): ReadonlyMap<string, Known> {
  const locale = useLocale();
  const select = useCallback(
    ({ items }: FileList) => {
      const folders = items.filter(({ kind, name }) => kind === 'folder' && (dotFiles || !name.startsWith('.')));
      return sortFiles(folders, { key: 'name', descending: false }, locale).map(({ name }) => name);
    },
    [dotFiles, locale],
  );
  return useQueries({
    queries: paths.map((path) => ({ ...listQuery(id, path), select, staleTime: FRESH_MS, retry: false })),
    combine: (all) => new Map(all.map((one, at) => [paths[at] ?? '', toKnown(one)])),
  });
}

const toKnown = ({ data, isError, isPending }: UseQueryResult<string[]>): Known => ({
  folders: data ?? [],
  state: isError ? 'failed' : isPending ? 'loading' : 'read',
});
