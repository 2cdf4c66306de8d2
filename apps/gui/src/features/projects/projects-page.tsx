'use client';

import { FolderKanban, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Project, Tenant } from '@bailiwick/contract';
import { changeAddress, useAddressQuery } from '../../lib/address.ts';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Button } from '../../ui/button.tsx';
import { CardHead, CardTable } from '../../ui/card-table.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useMayAnywhere } from '../identity/me.tsx';
import { NewProject } from './new-project.tsx';
import { ProjectFilter } from './project-filter.tsx';
import { ProjectRow } from './project-row.tsx';
import {
  ALL_PROJECTS,
  filterCount,
  type ProjectView,
  readProjectView,
  selectProjects,
  tabOf,
  tagsIn,
  writeProjectView,
} from './project-view.rules.ts';

interface Props {
  /** Active and archived. */
  projects: readonly Project[];
  /** Empty for who may not see tenants: theirs is the one. */
  tenants: readonly Tenant[];
  /** The names of all roles; empty for who may not see them. */
  roles: readonly string[];
}

const TABS = ['active', 'archived'] as const;

/** Named groups of containers, with the people who work on them. */
export function ProjectsPage({ projects: initial, tenants, roles }: Props) {
  const t = useTranslations('projects');
  const all = useFollowed('projects', initial);
  const view = readProjectView(useAddressQuery());
  const mayCreate = useMayAnywhere('projects.create');
  const [creating, setCreating] = useState(false);
  const show = (next: ProjectView, how: 'replace' | 'push' = 'replace') =>
    changeAddress(`${window.location.pathname}${writeProjectView(next)}`, how);
  const ofTab = all.filter((project) => tabOf(project) === view.tab);
  const projects = selectProjects(all, view);
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
        aside={<span className="text-fg-3 tabular-nums">{t('count', { count: ofTab.length })}</span>}
        description={t('text')}
        actions={all.length > 0 && create}
      />
      {all.length === 0 ? (
        <EmptyState icon={FolderKanban} title={t('empty.title')} actions={create}>
          <p>{t(mayCreate ? 'empty.text' : 'empty.sharedText')}</p>
        </EmptyState>
      ) : (
        <>
          <LinkTabs
            label={t('tabs.label')}
            className="mb-4"
            tabs={TABS.map((tab) => ({
              label: t(`tabs.${tab}`, { count: all.filter((project) => tabOf(project) === tab).length }),
              href: `/projects${writeProjectView({ ...ALL_PROJECTS, tab })}`,
              current: tab === view.tab,
            }))}
          />
          {ofTab.length === 0 ? (
            <EmptyState icon={FolderKanban} title={t(`empty.${view.tab}`)} />
          ) : (
            <>
              <ProjectFilter
                view={view}
                tags={tagsIn(ofTab)}
                tenants={tenants}
                shown={projects.length}
                total={ofTab.length}
                onShow={show}
              />
              <CardTable
                caption={t('caption')}
                head={
                  <>
                    <CardHead className="w-[40%]">{t('column.name')}</CardHead>
                    <CardHead>{t('column.tags')}</CardHead>
                    {tenants.length > 1 && <CardHead>{t('column.tenant')}</CardHead>}
                    <CardHead className="text-end">{t('column.containers')}</CardHead>
                    <CardHead className="text-end">{t('column.members')}</CardHead>
                    <CardHead className="@max-[52rem]:hidden">{t(`column.${view.tab}`)}</CardHead>
                  </>
                }
              >
                {projects.map((project) => (
                  <ProjectRow
                    key={project.id}
                    project={project}
                    withTenant={tenants.length > 1}
                    onTag={(tag) => show({ ...view, tag }, 'push')}
                  />
                ))}
                {projects.length === 0 && (
                  <tr role="row" className="max-md:block">
                    <td role="cell" colSpan={6} className="border-t border-line max-md:block">
                      <EmptyState
                        icon={FolderKanban}
                        title={t('empty.filteredTitle', { count: filterCount(view) })}
                        actions={
                          <Button onClick={() => show({ ...ALL_PROJECTS, tab: view.tab }, 'push')}>
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
        </>
      )}
      {creating && <NewProject tenants={tenants} roles={roles} onClose={() => setCreating(false)} />}
    </>
  );
}
