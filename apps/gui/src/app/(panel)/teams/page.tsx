import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TeamList, TenantList } from '@bailiwick/contract';
import { Failure } from '../../../features/shell/failure.tsx';
import { TeamsPage } from '../../../features/teams/teams-page.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('teams'))('title') };
}

export default async function TeamListPage() {
  const [teams, tenants] = await Promise.all([readCore('/teams', TeamList), readCore('/tenants', TenantList)]);
  if (!teams.ok) return <Failure error={teams.error} />;
  return <TeamsPage teams={teams.value.items} tenants={tenants.ok ? tenants.value.items : []} />;
}
