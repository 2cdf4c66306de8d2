'use client';

import type { GrantableRole, Project } from '@bailiwick/contract';
import { useProject } from './use-project.ts';
import { ProjectForm } from './project-form.tsx';

interface Props {
  project: Project;
  /** What the reader may hand on there; empty where they hand on nothing. */
  roles: readonly GrantableRole[];
}

/** What it is called, what its members are, and how much it may take. */
export function ProjectSettings({ project: initial, roles }: Props) {
  const project = useProject(initial) ?? initial;
  const { name, description, tags, defaultRole, quota, archivedAt } = project;
  // Somebody else's change is shown at once; what is being typed here is then typed anew.
  const key = JSON.stringify([name, description, tags, defaultRole, quota, archivedAt]);
  return <ProjectForm key={key} project={project} roles={roles} />;
}
