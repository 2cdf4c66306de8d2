import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EnvironmentList } from '@bailiwick/contract';
import { EnvironmentsPage } from '../../../features/environments/environments-page.tsx';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('environments'))('title') };
}

export default async function EnvironmentListPage() {
  const environments = await readCore('/environments', EnvironmentList);
  if (!environments.ok) return <Failure error={environments.error} />;
  return <EnvironmentsPage initial={environments.value.items} />;
}
