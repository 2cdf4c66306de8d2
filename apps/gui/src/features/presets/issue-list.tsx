'use client';

import { useTranslations } from 'next-intl';
import type { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { issuesIn } from './preset-draft.rules.ts';

/** Where a preset is not one yet, place by place. */
export function IssueList({ error }: { error: ApiError | null }) {
  const t = useTranslations('catalogue.editor');
  const issues = error === null ? [] : issuesIn(error.envelope.params);
  if (issues.length === 0) return <ErrorNotice error={error} />;
  return (
    <Banner tone="warning" title={t('wrong')}>
      <ul className="mt-1 flex flex-col gap-0.5">
        {issues.map(({ path, message }) => (
          <li key={`${path} ${message}`} className="break-words">
            <code translate="no" className="text-xs">
              {path}
            </code>{' '}
            {message}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
