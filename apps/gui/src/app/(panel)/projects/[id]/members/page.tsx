import { TargetAccess } from '@bailiwick/contract';
import { ProjectMembers } from '../../../../../features/projects/project-members.tsx';
import { readProject } from '../../../../../features/projects/read-project.ts';
import { Failure } from '../../../../../features/shell/failure.tsx';
import { readCore } from '../../../../../lib/core.ts';

export default async function ProjectMembersPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const [project, access] = await Promise.all([
    readProject(id),
    readCore(`/access/on?resource=${encodeURIComponent(id)}`, TargetAccess),
  ]);
  if (!project.ok) return null;
  if (!access.ok) return <Failure level="part" error={access.error} />;
  return <ProjectMembers project={project.value.item} access={access.value} />;
}
