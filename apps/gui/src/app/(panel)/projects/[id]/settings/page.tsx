import { PrincipalList } from '@bailiwick/contract';
import { ProjectSettings } from '../../../../../features/projects/project-settings.tsx';
import { readProject } from '../../../../../features/projects/read-project.ts';
import { readCore } from '../../../../../lib/core.ts';

export default async function ProjectSettingsPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [project, choices] = await Promise.all([
    readProject(id),
    readCore(`/access/principals?resource=${encodeURIComponent(id)}`, PrincipalList),
  ]);
  if (!project.ok) return null;
  return <ProjectSettings project={project.value.item} roles={choices.ok ? choices.value.roles : []} />;
}
