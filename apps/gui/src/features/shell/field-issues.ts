import type { ErrorEnvelope } from '@bailiwick/contract';

/** The fields an answer calls wrong, by their path; the panel has its own sentence for each field. */
export function wrongFields(error: ErrorEnvelope): string[] {
  const issues = error.params?.['issues'];
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((issue: unknown) =>
    typeof issue === 'object' && issue !== null && 'path' in issue && typeof issue.path === 'string'
      ? [issue.path]
      : [],
  );
}
