'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import type { AccessChange, Grant, GrantablePrincipal, PrincipalList, Project } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogContent } from '../../ui/dialog.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { Failure } from '../shell/failure.tsx';
import { RoleChoice } from './role-choice.tsx';
import { useChangeAccess } from './use-members.ts';

interface Props {
  project: Project;
  grants: readonly Grant[];
  onClose: () => void;
}

/** People and teams of the tenant who are not in it yet, and as what they come. */
export function AddMembers({ project, grants, onClose }: Props) {
  const t = useTranslations('projects.members');
  const common = useTranslations('common');
  const [q, setQ] = useState('');
  const [role, setRole] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<string, GrantablePrincipal>>(new Map());
  const asked = useDeferredValue(q);
  const found = useQuery({
    queryKey: ['access', 'principals', project.id, asked],
    queryFn: ({ signal }) =>
      api<PrincipalList>('GET', `/access/principals?resource=${project.id}&q=${encodeURIComponent(asked)}`, { signal }),
    placeholderData: keepPreviousData,
  });
  const add = useChangeAccess(() => {
    announce(t('added', { count: chosen.size }));
    onClose();
  });
  const members = new Set<string>(grants.map(({ principal }) => principal.id));
  const offered = (found.data?.items ?? []).filter(({ id }) => !members.has(id));
  const choose = (ids: ReadonlySet<string>) => {
    const known = new Map([...chosen, ...offered.map((each) => [each.id as string, each] as const)]);
    setChosen(new Map([...ids].flatMap((id) => (known.has(id) ? [[id, known.get(id)] as const] : [])).filter(isWhole)));
  };
  const submit = t('addCount', { count: chosen.size });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t('addTitle', { name: project.name })}
        description={t('addText')}
        footer={
          <>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button
              look="primary"
              disabled={chosen.size === 0}
              loading={add.isPending}
              onClick={() => add.mutate([...chosen.values()].map((each) => toChange(project, each, role)))}
            >
              {submit}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4 pb-2">
          <ErrorNotice error={add.error instanceof ApiError ? add.error : null} />
          {found.isPending && (
            <Loading label={t('loading')} className="flex flex-col gap-2">
              <Skeleton className="w-1/2" />
              <Skeleton className="w-2/3" />
            </Loading>
          )}
          {found.error instanceof ApiError && (
            <Failure level="part" error={found.error.envelope} onRetry={() => void found.refetch()} />
          )}
          {found.data && (
            <>
              <PickList
                label={t('who')}
                searchLabel={t('search')}
                choices={[
                  ...[...chosen.values()].filter(({ id }) => !offered.some((each) => each.id === id)),
                  ...offered,
                ].map((each) => ({
                  id: each.id,
                  label: each.name,
                  hint: each.kind === 'team' ? t('teamOf', { count: each.members }) : each.username,
                }))}
                onSearch={setQ}
                chosen={new Set(chosen.keys())}
                onChange={choose}
                summary={t('chosen', { count: chosen.size })}
                nothing={t(asked === '' ? 'nobodyLeft' : 'nobodyFound')}
                more={(count) => t('more', { count: count + found.data.more })}
              />
              {found.data.more > 0 && <p className="text-xs text-fg-3">{t('more', { count: found.data.more })}</p>}
              <RoleChoice roles={found.data.roles} defaultRole={project.defaultRole} value={role} onChoose={setRole} />
            </>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}

const isWhole = (
  pair: readonly [string, GrantablePrincipal | undefined],
): pair is readonly [string, GrantablePrincipal] => pair[1] !== undefined;

function toChange({ id }: Project, principal: GrantablePrincipal, role: string): AccessChange {
  return {
    op: 'grant',
    principal: principal.kind === 'user' ? { kind: 'user', id: principal.id } : { kind: 'team', id: principal.id },
    target: { kind: 'project', id },
    role: role === '' ? null : role,
    allow: [],
    deny: [],
    expiresAt: null,
    version: 0,
  };
}
