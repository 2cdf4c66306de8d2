'use client';

import { useTranslations } from 'next-intl';
import { Banner } from '../../ui/banner.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { LogsViewer } from './log-viewer.tsx';
import type { LinkedLine } from './log-url.rules.ts';
import type { ViewedLog } from './together.rules.ts';

/** Several logs in the order of their times; those that cannot be read are counted. */
export function Together({ logs, lost, linked }: { logs: ViewedLog[]; lost: number; linked: LinkedLine | null }) {
  const t = useTranslations('logs.together');
  const names = logs.map(({ name }) => name).join(', ');
  return (
    <>
      <PageHeader title={t('names', { names })} />
      {lost > 0 && <Banner tone="warning" className="mb-3" title={t('lost', { count: lost })} />}
      <LogsViewer logs={logs} title={t('names', { names })} linked={linked} triggers={[]} />
    </>
  );
}
