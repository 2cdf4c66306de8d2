'use client';

import { Plus, UsersRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Grant, Project, TargetAccess } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { ActionsHead, CardHead, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { AddMembers } from './add-members.tsx';
import { MemberRole } from './member-role.tsx';
import { MemberRow } from './member-row.tsx';
import { useProject, useProjectNeeds } from './use-project.ts';

interface Props {
  project: Project;
  access: TargetAccess;
}

/** Who works on the project, and as what. */
export function ProjectMembers({ project: initial, access }: Props) {
  const t = useTranslations('projects.members');
  const project = useProject(initial) ?? initial;
  const reason = useProjectNeeds()(project, 'containers.manageAccess');
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Grant | null>(null);
  useFreshMembers(project.members);
  const { grants } = access;
  const add = (
    <DisabledReason reason={reason}>
      <Button look="primary" disabled={reason !== null} onClick={() => setAdding(true)}>
        <Plus aria-hidden />
        {t('add')}
      </Button>
    </DisabledReason>
  );
  return (
    <>
      {grants.length === 0 ? (
        <EmptyState icon={UsersRound} title={t('empty')} actions={add}>
          <p>{t('emptyText')}</p>
        </EmptyState>
      ) : (
        <>
          <div className="mb-3 flex flex-wrap items-center gap-2">
            <p className="grow text-fg-2">{t('text')}</p>
            {add}
          </div>
          <CardTable
            caption={t('caption', { name: project.name })}
            head={
              <>
                <CardHead className="w-[34%]">{t('column.name')}</CardHead>
                <CardHead>{t('column.role')}</CardHead>
                <CardHead>{t('column.since')}</CardHead>
                <ActionsHead label={t('column.actions')} />
              </>
            }
          >
            {grants.map((grant) => (
              <MemberRow
                key={grant.id}
                grant={grant}
                defaultRole={project.defaultRole}
                reason={reason}
                onRole={() => setChanging(grant)}
              />
            ))}
          </CardTable>
        </>
      )}
      {adding && <AddMembers project={project} grants={grants} onClose={() => setAdding(false)} />}
      {changing && <MemberRole project={project} grant={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

/** They are read with the page: anew when their number is another, or somebody comes back to it. */
function useFreshMembers(count: number): void {
  const router = useRouter();
  const rendered = useRef(count);
  useEffect(() => {
    if (rendered.current === count) return;
    rendered.current = count;
    router.refresh();
  }, [count, router]);
  useEffect(() => {
    const refresh = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    document.addEventListener('visibilitychange', refresh);
    return () => document.removeEventListener('visibilitychange', refresh);
  }, [router]);
}
