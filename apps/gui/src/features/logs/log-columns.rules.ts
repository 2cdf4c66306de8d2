import * as z from 'zod';

/** More would leave no room for what a line says. */
export const MOST_COLUMNS = 8;
/** Of so many logs it is remembered, those chosen last. */
const MOST_LOGS = 100;
const LONGEST_PATH = 200;

/** Which fields of lines of JSON stand in columns, by the logs of a viewer. */
export type Columns = Readonly<Record<string, readonly string[]>>;

const Kept = z.record(z.string(), z.array(z.string().min(1).max(LONGEST_PATH)).max(MOST_COLUMNS));

/** What this browser kept; nothing where it is not ours. */
export function readColumns(text: string | null): Columns {
  if (text === null) return {};
  try {
    return Kept.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    // Somebody else wrote there.
    return {};
  }
}

export const writeColumns = (columns: Columns): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(columns)
        .filter(([, paths]) => paths.length > 0)
        .slice(-MOST_LOGS),
    ),
  );

/** The same logs in any order are the same viewer. */
export const columnsKey = (ids: readonly string[]): string => ids.toSorted().join(',');

/** With a field as the last column, or without it; as they were where there is no room. */
export function withColumn(columns: readonly string[], path: string): readonly string[] {
  if (columns.includes(path)) return columns.filter((each) => each !== path);
  return columns.length < MOST_COLUMNS && path.length <= LONGEST_PATH ? [...columns, path] : columns;
}
