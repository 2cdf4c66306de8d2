import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { GoneProject } from '../../../../features/projects/gone-project.tsx';
import { ProjectFrame } from '../../../../features/projects/project-frame.tsx';
import { readProject } from '../../../../features/projects/read-project.ts';
import { Failure } from '../../../../features/shell/failure.tsx';

interface Props {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const project = await readProject((await params).id);
  return project.ok ? { title: project.value.item.name } : {};
}

export default async function ProjectLayout({ params, children }: Props) {
  const project = await readProject((await params).id);
  if (project.ok) return <ProjectFrame project={project.value.item}>{children}</ProjectFrame>;
  const { code } = project.error;
  return code === 'not_found' || code === 'invalid_request' ? <GoneProject /> : <Failure error={project.error} />;
}
