import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlertList } from '@bailiwick/contract';
import { readTab } from '../../../features/alerts/alert.rules.ts';
import { AlertsPage } from '../../../features/alerts/alerts-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

interface Props {
  searchParams: Promise<{ tab?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('page') };
}

export default async function AlertsListPage({ searchParams }: Props) {
  const tab = readTab((await searchParams).tab);
  const alerts = await readCore(`/alerts?state=${tab}`, AlertList);
  if (!alerts.ok) return <Failure error={alerts.error} />;
  return <AlertsPage key={tab} read={alerts.value} tab={tab} />;
}
