'use client';

import { useTranslations } from 'next-intl';
import type { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useErrorWords } from './error-words.ts';

interface StaleNoticeProps {
  error: ApiError;
  title: string;
  busy: boolean;
  onRetry: () => void;
}

/** What is shown is kept; it says that it may be old, and why. */
export function StaleNotice({ error, title, busy, onRetry }: StaleNoticeProps) {
  const common = useTranslations('common');
  const toWords = useErrorWords();
  return (
    <Banner
      tone="danger"
      className="mb-3"
      title={title}
      actions={
        <Button loading={busy} onClick={onRetry}>
          {common('retry')}
        </Button>
      }
    >
      {toWords(error.envelope).text}
    </Banner>
  );
}
