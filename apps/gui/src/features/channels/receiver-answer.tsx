'use client';

import { useTranslations } from 'next-intl';
import type { ChannelFailure } from '@bailiwick/contract';
import { Banner } from '../../ui/banner.tsx';

interface Props {
  tone: 'info' | 'warning' | 'danger';
  failure: ChannelFailure | null;
  status: number | null;
  said: string | null;
  children?: React.ReactNode;
}

/** What a receiver answered: what that means, and its own words. */
export function ReceiverAnswer({ tone, failure, status, said, children }: Props) {
  const t = useTranslations('channels');
  return (
    <Banner tone={tone} title={failure === null ? t('test.taken') : t(`failure.${failure}`)}>
      {children}
      {status !== null && <p>{t('status', { status })}</p>}
      {said !== null && (
        <p className="font-mono text-xs break-words">
          <span className="sr-only">{t('said')}: </span>
          {said}
        </p>
      )}
    </Banner>
  );
}
