import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Statistics } from '@bailiwick/contract';
import { StatisticsPage } from '../../../features/statistics/statistics-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('statistics'))('title') };
}

export default async function Page() {
  const statistics = await readCore('/statistics', Statistics);
  if (!statistics.ok) return <Failure error={statistics.error} />;
  return <StatisticsPage statistics={statistics.value} />;
}
