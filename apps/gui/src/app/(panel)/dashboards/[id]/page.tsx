import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ContainerList, Dashboard, EnvironmentList, OperationList } from '@bailiwick/contract';
import { FollowedDashboard } from '../../../../features/dashboards/followed-dashboard.tsx';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore, readMe } from '../../../../lib/core.ts';

interface Props {
  params: Promise<{ id: string }>;
}

const WORK = 20;
const read = ({ id }: { id: string }) => readCore(`/me/dashboards/${encodeURIComponent(id)}`, Dashboard);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, dashboard] = await Promise.all([getTranslations('dashboards'), params.then(read)]);
  return { title: dashboard.ok ? dashboard.value.name : t('title') };
}

export default async function OneDashboardPage({ params }: Props) {
  const [dashboard, me, containers, environments] = await Promise.all([
    params.then(read),
    readMe(),
    readCore('/containers', ContainerList),
    readCore('/environments', EnvironmentList),
  ]);
  if (!dashboard.ok) return <Failure error={dashboard.error} />;
  if (!me.ok) return <Failure error={me.error} />;
  if (!containers.ok) return <Failure error={containers.error} />;
  const maySeeWork = me.value.can.includes('operations.see');
  const work = maySeeWork ? await readCore(`/operations?limit=${WORK}`, OperationList) : null;
  return (
    <FollowedDashboard
      dashboard={dashboard.value}
      containers={containers.value.items}
      environments={environments.ok ? environments.value.items : []}
      operations={work?.ok ? work.value.items : []}
    />
  );
}
