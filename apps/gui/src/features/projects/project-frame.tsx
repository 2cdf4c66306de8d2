'use client';

import { Archive, ArchiveRestore, ArrowLeft, Building2 } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Project } from '@bailiwick/contract';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useNeeds } from '../identity/needs.ts';
import { GoneProject } from './gone-project.tsx';
import { Tag } from './tag.tsx';
import { useArchive } from './use-archive.ts';
import { useProject } from './use-project.ts';

/** What stays while one goes from tab to tab: which project it is and how it stands, as it is now. */
export function ProjectFrame({ project: initial, children }: { project: Project; children: ReactNode }) {
  const t = useTranslations('projects.page');
  const project = useProject(initial);
  const tabs = useTabs(initial);
  if (!project) return <GoneProject />;
  return (
    <div className="max-w-5xl">
      <Header project={project} />
      {project.archivedAt !== null && (
        <Banner className="mb-4" title={t.rich('archived', { when: () => <TimeAgo at={project.archivedAt ?? ''} /> })}>
          {t('archivedText')}
        </Banner>
      )}
      <LinkTabs label={t('tabs', { name: project.name })} tabs={tabs} className="mb-4" />
      {children}
    </div>
  );
}

function useTabs({ id, rights }: Project) {
  const t = useTranslations('projects.page');
  const pathname = usePathname();
  const router = useRouter();
  const tabs = [
    { label: t('workloads'), href: `/projects/${id}` },
    ...(rights.can.includes('containers.manageAccess')
      ? [{ label: t('members'), href: `/projects/${id}/members` }]
      : []),
    { label: t('settings'), href: `/projects/${id}/settings` },
  ];
  useShortcuts([
    ...tabs.map(({ label, href }, index) => ({
      keys: String(index + 1),
      label: t('keyTab', { name: label }),
      group: 'detail' as const,
      run: () => router.push(href),
    })),
    { keys: 'u', label: t('keyUp'), group: 'detail', run: () => router.push('/projects') },
  ]);
  return tabs.map((tab) => ({ ...tab, current: pathname === tab.href }));
}

function Header({ project }: { project: Project }) {
  const t = useTranslations('projects');
  const reason = useNeeds()(project, 'projects.archive');
  const change = useArchive();
  const archived = project.archivedAt !== null;
  return (
    <header className="mb-3 flex flex-col gap-2">
      <Link
        href="/projects"
        className="inline-flex min-h-6 items-center gap-1 self-start text-fg-2 hover:text-fg hover:underline touch:min-h-11"
      >
        <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
        {t('title')}
      </Link>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 tabIndex={-1} translate="no" className="min-w-0 text-xl font-semibold break-words">
          {project.name}
        </h1>
        {archived && <Badge>{t('page.archivedBadge')}</Badge>}
        <span className="grow text-fg-3">
          {t('page.facts', { containers: project.containers, members: project.members })}
        </span>
        <DisabledReason reason={reason}>
          <Button
            disabled={reason !== null}
            loading={change.isPending}
            onClick={() => change.mutate({ project, verb: archived ? 'restore' : 'archive' })}
          >
            {archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
            {t(archived ? 'archive.restore' : 'archive.archive')}
          </Button>
        </DisabledReason>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-fg-2">
        {project.description !== '' && <p className="break-words">{project.description}</p>}
        <Badge>
          <Building2 aria-hidden className="size-3" />
          <span translate="no">{project.tenant.name}</span>
        </Badge>
        {project.tags.map((tag) => (
          <Tag key={tag} tag={tag} />
        ))}
      </div>
    </header>
  );
}
