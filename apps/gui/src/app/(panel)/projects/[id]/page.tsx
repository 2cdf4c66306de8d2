import { ContainerList } from '@bailiwick/contract';
import { ProjectWorkloads } from '../../../../features/projects/project-workloads.tsx';
import { readProject } from '../../../../features/projects/read-project.ts';
import { Failure } from '../../../../features/shell/failure.tsx';
import { readCore } from '../../../../lib/core.ts';

export default async function ProjectPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [project, containers] = await Promise.all([
    readProject(id),
    readCore(`/containers?project=${encodeURIComponent(id)}`, ContainerList),
  ]);
  // The layout shows why there is nothing here.
  if (!project.ok) return null;
  if (!containers.ok) return <Failure level="part" error={containers.error} />;
  return <ProjectWorkloads project={project.value.item} containers={containers.value.items} />;
}
