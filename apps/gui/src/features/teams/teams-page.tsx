'use client';

import { Plus, UsersRound, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Team, Tenant } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { CardHead, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { useMayAnywhere } from '../identity/me.tsx';
import { PeopleTabs } from '../people/people-tabs.tsx';
import { NewTeam } from './new-team.tsx';
import { TeamRow } from './team-row.tsx';
import { ALL_TEAMS, filterCount, readTeamView, selectTeams, type TeamView, writeTeamView } from './team-view.rules.ts';
import { TenantChoice } from '../tenants/tenant-choice.tsx';

interface Props {
  teams: readonly Team[];
  /** Empty for who may not see tenants: theirs is the one. */
  tenants: readonly Tenant[];
}

/** People who are given things together. */
export function TeamsPage({ teams: initial, tenants }: Props) {
  const t = useTranslations('teams');
  const all = useFollowed('teams', initial);
  const view = readTeamView(useAddressQuery());
  const mayCreate = useMayAnywhere('teams.create');
  const [creating, setCreating] = useState(false);
  const show = (next: TeamView, how: 'replace' | 'push' = 'replace') =>
    changeAddress(`${window.location.pathname}${writeTeamView(next)}`, how);
  const teams = selectTeams(all, view);
  const create = mayCreate && (
    <Button look="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      {t('create.open')}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: all.length })}</span>}
        description={t('text')}
        actions={all.length > 0 && create}
      />
      <PeopleTabs current="teams" />
      {all.length === 0 ? (
        <EmptyState icon={UsersRound} title={t('empty.title')} actions={create}>
          <p>{t('empty.text')}</p>
        </EmptyState>
      ) : (
        <>
          <Filter view={view} tenants={tenants} shown={teams.length} total={all.length} onShow={show} />
          <CardTable
            caption={t('caption')}
            head={
              <>
                <CardHead className="w-[34%]">{t('column.name')}</CardHead>
                <CardHead>{t('column.members')}</CardHead>
                {tenants.length > 1 && <CardHead>{t('column.tenant')}</CardHead>}
                <CardHead className="text-end">{t('column.priority')}</CardHead>
                <CardHead className="text-end">{t('column.grants')}</CardHead>
              </>
            }
          >
            {teams.map((team) => (
              <TeamRow key={team.id} team={team} withTenant={tenants.length > 1} />
            ))}
            {teams.length === 0 && (
              <tr role="row" className="max-md:block">
                <td role="cell" colSpan={5} className="border-t border-line max-md:block">
                  <EmptyState
                    icon={UsersRound}
                    title={t('empty.filteredTitle', { count: filterCount(view) })}
                    actions={
                      <Button onClick={() => show(ALL_TEAMS, 'push')}>
                        {t('filter.clear', { count: filterCount(view) })}
                      </Button>
                    }
                  />
                </td>
              </tr>
            )}
          </CardTable>
        </>
      )}
      {creating && <NewTeam tenants={tenants} onClose={() => setCreating(false)} />}
    </>
  );
}

interface FilterProps {
  view: TeamView;
  tenants: readonly Tenant[];
  shown: number;
  total: number;
  onShow: (view: TeamView, how?: 'replace' | 'push') => void;
}

function Filter({ view, tenants, shown, total, onShow }: FilterProps) {
  const t = useTranslations('teams.filter');
  const count = filterCount(view);
  return (
    <form
      action="/teams"
      role="search"
      aria-label={t('label')}
      className="mb-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchField
        label={t('search')}
        placeholder={t('search')}
        value={view.q}
        onSearch={(q) => onShow({ ...view, q })}
      />
      <TenantChoice
        tenants={tenants}
        by="slug"
        value={view.tenant}
        onChoose={(tenant) => onShow({ ...view, tenant }, 'push')}
      />
      {count > 0 && (
        <>
          <Button look="ghost" onClick={() => onShow(ALL_TEAMS, 'push')}>
            <X aria-hidden />
            {t('clear', { count })}
          </Button>
          <span role="status" className="text-fg-3 tabular-nums">
            {t('shown', { shown, total })}
          </span>
        </>
      )}
    </form>
  );
}
