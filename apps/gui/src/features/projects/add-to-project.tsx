'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, ProjectList } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Failure } from '../shell/failure.tsx';
import { LinkedOutcome } from './linked-outcome.tsx';
import { useLink } from './use-link.ts';

interface Props {
  containers: readonly Container[];
  onClose: () => void;
}

/** Puts chosen containers into one project, wherever they were. */
export function AddToProject({ containers, onClose }: Props) {
  const t = useTranslations('projects.link');
  const common = useTranslations('common');
  const [id, setId] = useState('');
  const link = useLink('link', onClose);
  const projects = useQuery({
    queryKey: ['projects', 'active'],
    queryFn: ({ signal }) => api<ProjectList>('GET', '/projects', { signal }),
    staleTime: 0,
  });
  const open = (projects.data?.items ?? []).filter(({ rights }) => rights.can.includes('projects.link'));
  const project = open.find((each) => each.id === id);
  const submit = t('submit.link', { count: containers.length });
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()}>
      <DialogContent
        title={t('bulkTitle', { count: containers.length })}
        footer={
          link.data ? (
            <Button onClick={onClose}>{common('close')}</Button>
          ) : (
            <>
              <Button onClick={onClose}>{common('cancel')}</Button>
              <Button
                look="primary"
                disabled={!project}
                loading={link.isPending}
                onClick={() => project && link.mutate({ project, ids: containers.map((each) => each.id) })}
              >
                {submit}
              </Button>
            </>
          )
        }
      >
        <div className="flex flex-col gap-3 pb-2">
          <ErrorNotice error={link.error instanceof ApiError ? link.error : null} />
          {projects.isPending && (
            <Loading label={t('loading')}>
              <Skeleton className="w-1/2" />
            </Loading>
          )}
          {projects.error instanceof ApiError && (
            <Failure level="part" error={projects.error.envelope} onRetry={() => void projects.refetch()} />
          )}
          {projects.data && link.data && <LinkedOutcome items={link.data.items} />}
          {projects.data && !link.data && open.length === 0 && <p className="text-fg-2">{t('noProject')}</p>}
          {projects.data && !link.data && open.length > 0 && (
            <>
              <Field label={t('project')}>
                {(control) => (
                  <Select {...control} value={id} onChange={({ target }) => setId(target.value)}>
                    <option value="">{t('choose')}</option>
                    {open.map(({ id: key, name, tenant }) => (
                      <option key={key} value={key} translate="no">
                        {t('projectOf', { name, tenant: tenant.name })}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              {project && (
                <Banner tone="warning" title={t('warn.link', { count: project.members, role: project.defaultRole })} />
              )}
            </>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
