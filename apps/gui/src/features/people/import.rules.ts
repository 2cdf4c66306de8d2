import type { ErrorEnvelope, FieldIssue, ImportReport } from '@bailiwick/contract';

type Row = ImportReport['rows'][number];

/** Sentences for what can be wrong with a line. */
export type IssueKey =
  'username' | 'displayName' | 'email' | 'platformRole' | 'roleTag' | 'twice' | 'columns' | 'taken' | 'other';

const COLUMNS = ['username', 'displayName', 'email', 'platformRole', 'roleTag'] as const;
const CODES: Record<string, IssueKey> = { twice: 'twice', too_many_columns: 'columns', name_taken: 'taken' };

export function issueKey({ path, code }: Row['issues'][number]): IssueKey {
  return CODES[code] ?? COLUMNS.find((each) => each === path) ?? 'other';
}

export interface ImportCounts {
  create: number;
  exists: number;
  invalid: number;
}

export function countOutcomes({ rows }: ImportReport): ImportCounts {
  const counts: ImportCounts = { create: 0, exists: 0, invalid: 0 };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

/** The first thing an answer says about a field. */
export function firstIssue(error: ErrorEnvelope, path: string): Pick<FieldIssue, 'message'> | null {
  const issues: unknown = error.params?.['issues'];
  if (!Array.isArray(issues)) return null;
  const found = issues.flatMap((issue: unknown) => (isIssue(issue) && issue.path === path ? [issue] : []));
  return found[0] ?? null;
}

const isIssue = (issue: unknown): issue is FieldIssue =>
  typeof issue === 'object' &&
  issue !== null &&
  'path' in issue &&
  'message' in issue &&
  typeof issue.message === 'string';
