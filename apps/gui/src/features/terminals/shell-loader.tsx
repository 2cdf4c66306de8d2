'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';

/** A terminal is drawn by the browser alone. */
export const ShellLoader = dynamic(() => import('./shell-page.tsx'), { ssr: false, loading: Waiting });

function Waiting() {
  const t = useTranslations('terminals');
  return (
    <Loading label={t('connecting')}>
      <Skeleton className="h-96" />
    </Loading>
  );
}
