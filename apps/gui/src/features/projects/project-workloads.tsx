'use client';

import { Box, Minus, Plus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Container, Project } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { CardCell, CardHead, CardRow, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { ContainerStatus } from '../containers/container-status.tsx';
import { LinkContainers } from './link-containers.tsx';
import { useProject, useProjectNeeds } from './use-project.ts';

interface Props {
  project: Project;
  containers: readonly Container[];
}

/** What is in the project, as far as the reader sees it; put in and taken out here. */
export function ProjectWorkloads({ project: initial, containers: first }: Props) {
  const t = useTranslations('projects.workloads');
  const project = useProject(initial) ?? initial;
  const visible = useFollowed('containers', first);
  const own = visible
    .filter((container) => container.project?.id === project.id)
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const reason = useProjectNeeds()(project, 'projects.link');
  const [linking, setLinking] = useState<'none' | 'link' | 'unlink'>('none');
  const add = (
    <DisabledReason reason={reason}>
      <Button look="primary" disabled={reason !== null} onClick={() => setLinking('link')}>
        <Plus aria-hidden />
        {t('add')}
      </Button>
    </DisabledReason>
  );
  return (
    <>
      {own.length === 0 ? (
        <EmptyState icon={Box} title={t('empty')} actions={add}>
          <p>{t('emptyText')}</p>
        </EmptyState>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap justify-end gap-2">
            <DisabledReason reason={reason}>
              <Button disabled={reason !== null} onClick={() => setLinking('unlink')}>
                <Minus aria-hidden />
                {t('takeOut')}
              </Button>
            </DisabledReason>
            {add}
          </div>
          <CardTable
            caption={t('caption', { name: project.name })}
            head={
              <>
                <CardHead className="w-[34%]">{t('column.name')}</CardHead>
                <CardHead>{t('column.status')}</CardHead>
                <CardHead>{t('column.image')}</CardHead>
                <CardHead className="@max-[46rem]:hidden">{t('column.created')}</CardHead>
              </>
            }
          >
            {own.map((container) => (
              <CardRow key={container.id} data-id={container.id}>
                <CardCell place="lead">
                  <Link
                    href={`/containers/${container.id}`}
                    prefetch={false}
                    translate="no"
                    className="font-medium break-words hover:underline max-md:text-md touch:leading-8"
                  >
                    {container.name}
                  </Link>
                </CardCell>
                <CardCell>
                  <ContainerStatus container={container} />
                </CardCell>
                <CardCell translate="no" className="font-mono text-xs break-all text-fg-2 max-md:basis-full">
                  {container.image}
                </CardCell>
                <CardCell className="whitespace-nowrap text-fg-3 max-md:hidden md:@max-[46rem]:hidden">
                  <TimeAgo at={container.createdAt} />
                </CardCell>
              </CardRow>
            ))}
          </CardTable>
        </>
      )}
      {linking !== 'none' && (
        <LinkContainers project={project} verb={linking} containers={visible} onClose={() => setLinking('none')} />
      )}
    </>
  );
}
