'use client';

import { useTranslations } from 'next-intl';
import type { FormIssue } from './deploy-form.rules.ts';

/** What is wrong with a field and what would be right. */
export function useIssueWords(): (issue: FormIssue | undefined) => string | undefined {
  const t = useTranslations('deploy.issue');
  return (issue) => {
    if (issue === undefined) return undefined;
    if (issue.code === 'refused') return String(issue.params['message'] ?? '');
    return t(issue.code, issue.params);
  };
}
