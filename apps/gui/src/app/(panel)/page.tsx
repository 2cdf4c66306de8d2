import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CatalogueList, ContainerList, EnvironmentList, OperationList } from '@bailiwick/contract';
import { landsOn } from '../../features/home/home.rules.ts';
import { MemberHome } from '../../features/home/member-home.tsx';
import { StaffHome } from '../../features/home/staff-home.tsx';
import { isStaff } from '../../features/identity/staff.rules.ts';
import { Failure } from '../../features/shell/failure.tsx';
import { readCore, readMe } from '../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('home'))('title') };
}

const WORK = 20;

export default async function HomePage() {
  const [me, containers, environments] = await Promise.all([
    readMe(),
    readCore('/containers', ContainerList),
    readCore('/environments', EnvironmentList),
  ]);
  if (!me.ok) return <Failure error={me.error} />;
  if (!containers.ok) return <Failure error={containers.error} />;
  const { user, can } = me.value;
  const mayDeploy = can.includes('containers.create');
  const { items } = containers.value;
  const hosts = environments.ok ? environments.value.items : [];
  const only = isStaff(user) ? null : landsOn(items);
  if (only !== null) redirect(only);
  const work = can.includes('operations.see') ? await readCore(`/operations?limit=${WORK}`, OperationList) : null;
  const operations = work?.ok ? work.value.items : null;
  if (isStaff(user)) return <StaffHome containers={items} environments={hosts} operations={operations ?? []} />;
  const presets = mayDeploy ? await readCore('/presets', CatalogueList) : null;
  return (
    <MemberHome
      containers={items}
      environments={hosts}
      operations={operations}
      suggestions={presets?.ok ? presets.value.items : []}
    />
  );
}
