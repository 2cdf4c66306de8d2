import type { Metadata } from 'next';
import { cache } from 'react';
import { TeamDetail } from '@bailiwick/contract';
import { GoneTeam } from '../../../../features/teams/gone-team.tsx';
import { TeamPage } from '../../../../features/teams/team-page.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
}

const readTeam = cache((id: string) => readCore(`/teams/${encodeURIComponent(id)}`, TeamDetail));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const team = await readTeam((await params).id);
  return team.ok ? { title: team.value.item.name } : {};
}

export default async function TeamDetailPage({ params }: Props) {
  const team = await readTeam((await params).id);
  if (team.ok) return <TeamPage key={team.value.item.id} team={team.value.item} grants={team.value.grants} />;
  const { code } = team.error;
  return code === 'not_found' || code === 'invalid_request' ? <GoneTeam /> : <Failure error={team.error} />;
}
