'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Linked, Project } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { toast } from '../../ui/toast.tsx';
import { countDone, isAllDone } from './linked.rules.ts';

export type LinkVerb = 'link' | 'unlink';

/** Puts containers into a project or takes them out; whoever asked sees what did not come about. */
export function useLink(verb: LinkVerb, onAllDone: () => void) {
  const t = useTranslations('projects.link');
  return useMutation({
    mutationFn: ({ project, ids }: { project: Project; ids: readonly string[] }) =>
      api<Linked>('POST', `/projects/${project.id}/containers/${verb}`, { body: { ids } }),
    onSuccess: ({ items }, { project }) => {
      const text = t(`done.${verb}`, { count: countDone(items), name: project.name });
      announce(text);
      if (!isAllDone(items)) return;
      toast.success(text);
      onAllDone();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
}
