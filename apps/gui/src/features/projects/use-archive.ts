'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Project, ProjectAnswer } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api } from '../../lib/api.ts';
import { toast } from '../../ui/toast.tsx';
import { useErrorToast } from '../shell/error-toast.ts';

const UNDO_MS = 8_000;

/** Puts a project to rest, or takes it up again; either can be undone for a moment. */
export function useArchive() {
  const t = useTranslations('projects.archive');
  const showError = useErrorToast();
  const change = useMutation({
    mutationFn: ({ project, verb }: { project: Project; verb: 'archive' | 'restore' }) =>
      api<ProjectAnswer>('POST', `/projects/${project.id}/${verb}`),
    onSuccess: (_, { project, verb }) => {
      const text = t(verb === 'archive' ? 'archived' : 'restored', { name: project.name });
      const back = verb === 'archive' ? ('restore' as const) : ('archive' as const);
      announce(text);
      toast(text, {
        duration: UNDO_MS,
        action: { label: t('undo'), onClick: () => change.mutate({ project, verb: back }) },
      });
    },
    onError: showError,
  });
  return change;
}
