'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useErrorWords } from '../shell/error-words.ts';
import type { FeedState } from './log-messages.ts';

/** Why nothing new comes, where that is so; what is loaded stays readable below. */
export function FeedNotice({ feed, onRetry }: { feed: FeedState; onRetry: () => void }) {
  const t = useTranslations('logs');
  const common = useTranslations('common');
  const words = useErrorWords();
  if (feed.state === 'refused') {
    const { text, hint } = words(feed.error);
    return (
      <Banner
        tone="warning"
        className="rounded-none border-x-0 border-t-0"
        title={t('notFollowing')}
        actions={<Button onClick={onRetry}>{common('retry')}</Button>}
      >
        {[text, hint].filter(Boolean).join(' ')}
      </Banner>
    );
  }
  if (feed.state === 'ended')
    return <Banner tone="info" className="rounded-none border-x-0 border-t-0" title={t(`ended.${feed.reason}`)} />;
  return null;
}
