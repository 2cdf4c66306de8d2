'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';

/** A password that was refused, or the wait after too many. */
export function RefusedProof({ error, lockedFor }: { error: ApiError | null; lockedFor: number }) {
  const t = useTranslations('login');
  if (error?.envelope.code === 'rate_limited' && lockedFor > 0)
    return <Banner tone="danger" title={t('locked', { seconds: lockedFor })} />;
  return <ErrorNotice error={error} />;
}

/** Seconds left of a wait that began when `seconds` was handed in. */
export function useCountdown(seconds: number | null): number {
  const [left, setLeft] = useState(0);
  const [from, setFrom] = useState(seconds);
  if (from !== seconds) {
    setFrom(seconds);
    setLeft(seconds ?? 0);
  }
  useEffect(() => {
    if (left <= 0) return undefined;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
