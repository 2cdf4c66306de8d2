'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { Grant, Team } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { GrantLine } from './team-grants.tsx';

interface Props {
  team: Team;
  grants: readonly Grant[] | null;
  onClose: () => void;
  onDeleted: () => void;
}

/** Names what goes with it before it goes. */
export function DeleteTeam({ team, grants, onClose, onDeleted }: Props) {
  const t = useTranslations('teams.delete');
  const remove = useMutation({
    mutationFn: () => api('DELETE', `/teams/${team.id}`),
    onSuccess: () => {
      announce(t('done', { name: team.name }));
      onDeleted();
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  return (
    <ConfirmDialog
      title={t('title', { name: team.name })}
      keep={t('keep')}
      submit={t('title', { name: team.name })}
      act={{ loading: remove.isPending, onClick: () => remove.mutate() }}
      onClose={onClose}
    >
      <div className="flex flex-col gap-3 pb-2">
        <ErrorNotice error={remove.error instanceof ApiError ? remove.error : null} />
        <section>
          <h3 className="text-sm font-medium">{t('goes')}</h3>
          <p className="text-fg-2">{t('grants', { count: team.grants })}</p>
          {grants !== null && grants.length > 0 && (
            <ul
              tabIndex={0}
              aria-label={t('goes')}
              className="mt-1 max-h-48 overflow-y-auto rounded-md bg-inset px-3 py-2"
            >
              {grants.map((grant) => (
                <li key={grant.id} className="py-0.5">
                  <GrantLine grant={grant} />
                </li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <h3 className="text-sm font-medium">{t('stays')}</h3>
          <p className="text-fg-2">{t('people', { count: team.members.length })}</p>
        </section>
      </div>
    </ConfirmDialog>
  );
}
