'use client';

import { preferences } from '../../lib/preferences.ts';
import { type Columns, columnsKey, readColumns, withColumn, writeColumns } from './log-columns.rules.ts';

const NONE: readonly string[] = [];

const useAllColumns = preferences<Columns>({
  name: 'bw_log_columns',
  initial: {},
  read: readColumns,
  write: writeColumns,
});

/** Which fields of its lines of JSON a viewer shows in columns, as this browser remembers it for these logs. */
export function useLogColumns(ids: readonly string[]): [readonly string[], (path: string) => void] {
  const [all, change] = useAllColumns();
  const key = columnsKey(ids);
  const columns = all[key] ?? NONE;
  return [columns, (path) => change({ [key]: withColumn(columns, path) })];
}
