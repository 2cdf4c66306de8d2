import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditList, Statistics } from '@bailiwick/contract';
import { StatisticsPage } from '../../../features/statistics/statistics-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore, readMe } from '../../../lib/core.ts';

const DEEDS = 15;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statistics'))('title') };
}

export default async function Page() {
  const me = await readMe();
  if (!me.ok) return <Failure error={me.error} />;
  const seesDeeds = me.value.can.includes('audit.see');
  const [statistics, deeds] = await Promise.all([
    readCore('/statistics', Statistics),
    seesDeeds ? readCore(`/audit?stream=deeds&limit=${DEEDS}`, AuditList) : null,
  ]);
  if (!statistics.ok) return <Failure error={statistics.error} />;
  return <StatisticsPage statistics={statistics.value} deeds={deeds?.ok ? deeds.value.items : null} />;
}
