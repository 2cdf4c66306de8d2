import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DashboardList } from '@bailiwick/contract';
import { DashboardsPage } from '../../../features/dashboards/dashboards-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('dashboards'))('title') };
}

export default async function DashboardListPage() {
  const list = await readCore('/me/dashboards', DashboardList);
  if (!list.ok) return <Failure error={list.error} />;
  return <DashboardsPage dashboards={list.value.items} />;
}
