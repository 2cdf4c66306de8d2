'use client';

import { useTranslations } from 'next-intl';
import { retryLiveNow, useLiveStatus } from '../../lib/live-hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** Says how old the matrix is while the panel hears nothing. */
export function AccessLost({ readAt }: { readAt: number }) {
  const t = useTranslations('access.lost');
  const common = useTranslations('common');
  const { state } = useLiveStatus();
  if (state !== 'stale') return null;
  return (
    <Banner
      tone="warning"
      className="mb-3"
      title={t.rich('title', { at: () => <TimeAgo at={new Date(readAt).toISOString()} form="span" /> })}
      actions={<Button onClick={retryLiveNow}>{common('retry')}</Button>}
    >
      {t('text')}
    </Banner>
  );
}
