import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RoleList, TenantList } from '@bailiwick/contract';
import { ProjectsPage } from '../../../features/projects/projects-page.tsx';
import { readProjects } from '../../../features/projects/read-project.ts';
import { Failure } from '../../../features/shell/failure.tsx';
import { readCore } from '../../../lib/core.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('projects'))('title') };
}

export default async function ProjectListPage() {
  const [active, archived, tenants, roles] = await Promise.all([
    readProjects('active'),
    readProjects('archived'),
    readCore('/tenants', TenantList),
    readCore('/roles', RoleList),
  ]);
  if (!active.ok) return <Failure error={active.error} />;
  if (!archived.ok) return <Failure error={archived.error} />;
  return (
    <ProjectsPage
      projects={[...active.value.items, ...archived.value.items]}
      tenants={tenants.ok ? tenants.value.items : []}
      roles={roles.ok ? roles.value.items.map(({ name }) => name) : []}
    />
  );
}
