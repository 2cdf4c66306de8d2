'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Grant, PrincipalList, Project } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Failure } from '../shell/failure.tsx';
import { RoleChoice } from './role-choice.tsx';
import { useChangeAccess } from './use-members.ts';

interface Props {
  project: Project;
  grant: Grant;
  onClose: () => void;
}

/** As what a member is in the project. */
export function MemberRole({ project, grant, onClose }: Props) {
  const t = useTranslations('projects.members');
  const common = useTranslations('common');
  const name = grant.principalName ?? t('gone');
  const [role, setRole] = useState(grant.role ?? '');
  const choices = useQuery({
    queryKey: ['access', 'principals', project.id, ''],
    queryFn: ({ signal }) => api<PrincipalList>('GET', `/access/principals?resource=${project.id}`, { signal }),
  });
  const save = useChangeAccess(() => {
    announce(t('roleSaved', { name }));
    onClose();
  });
  const { principal, target, allow, deny, version, expired } = grant;
  const change = {
    op: 'grant' as const,
    principal,
    target,
    role: role === '' ? null : role,
    allow,
    deny,
    // What has ended begins anew, and without an end.
    expiresAt: expired ? null : grant.expiresAt,
    version,
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('roleOf', { name })}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button
              look="primary"
              disabled={role === (grant.role ?? '')}
              loading={save.isPending}
              onClick={() => save.mutate([change])}
            >
              {t('saveRole')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={save.error instanceof ApiError ? save.error : null} />
          {choices.isPending && (
            <Loading label={t('loading')}>
              <Skeleton className="w-1/2" />
            </Loading>
          )}
          {choices.error instanceof ApiError && (
            <Failure level="part" error={choices.error.envelope} onRetry={() => void choices.refetch()} />
          )}
          {choices.data && (
            <RoleChoice roles={choices.data.roles} defaultRole={project.defaultRole} value={role} onChoose={setRole} />
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
