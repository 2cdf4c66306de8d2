'use client';

import { useTranslations } from 'next-intl';
import type { Capability, Project } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { useNeeds } from '../identity/needs.ts';

/** A project as it is now; undefined once it is gone, or not the reader's to see any more. */
export const useProject = (initial: Project): Project | undefined =>
  useFollowed('projects', [initial]).find(({ id }) => id === initial.id);

/** Why something cannot be done to it now; null where it can. */
export function useProjectNeeds(): (project: Project, capability: Capability) => string | null {
  const t = useTranslations('projects');
  const needs = useNeeds();
  return (project, capability) => needs(project, capability) ?? (project.archivedAt === null ? null : t('resting'));
}
