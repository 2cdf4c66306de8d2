import { EnvironmentList } from '@bailiwick/contract';
import { ContainerOverview } from '../../../../features/container-page/container-overview.tsx';
import { readContainer } from '../../../../features/container-page/read-container.ts';
import { readCore } from '../../../../lib/core.ts';

export default async function ContainerPage({ params }: { params: Promise<{ id: string }> }) {
  const [container, environments] = await Promise.all([
    params.then(({ id }) => readContainer(id)),
    readCore('/environments', EnvironmentList),
  ]);
  // The layout shows why there is nothing here.
  if (!container.ok) return null;
  const environment = environments.ok
    ? environments.value.items.find(({ id }) => id === container.value.environmentId)
    : undefined;
  return <ContainerOverview detail={container.value} environment={environment} />;
}
