import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ContainerList as Containers, EnvironmentList } from '@bailiwick/contract';
import { ContainerList } from '../../../features/container-list/container-list.tsx';
import { arrange, type Parameters, readView } from '../../../features/container-list/container-view.rules.ts';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore, readMe } from '../../../lib/core.ts';

/** What is sent with the page; the live list brings the rest. */
const FIRST_ROWS = 60;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('containers'))('title') };
}

export default async function ContainersPage({ searchParams }: { searchParams: Promise<Parameters> }) {
  const [me, view, containers, environments] = await Promise.all([
    readMe(),
    searchParams.then(readView),
    readCore('/containers', Containers),
    readCore('/environments', EnvironmentList),
  ]);
  if (!me.ok) return <Failure error={me.error} />;
  if (!containers.ok) return <Failure error={containers.error} />;
  const { items } = containers.value;
  return (
    <ContainerList
      initial={arrange(items, view, me.value.user.id).slice(0, FIRST_ROWS)}
      total={items.length}
      environments={environments.ok ? environments.value.items : []}
    />
  );
}
