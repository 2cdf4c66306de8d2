'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Project } from '@bailiwick/contract';
import { CardCell, CardRow } from '../../ui/card-table.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { TagButton } from './tag.tsx';

interface Props {
  project: Project;
  withTenant: boolean;
  onTag: (tag: string) => void;
}

export function ProjectRow({ project, withTenant, onTag }: Props) {
  const t = useTranslations('projects');
  const { id, name, description, tags, archivedAt } = project;
  return (
    <CardRow data-id={id}>
      <CardCell place="lead" className="py-1.5">
        <Link
          href={`/projects/${id}`}
          prefetch={false}
          translate="no"
          className="font-medium break-words hover:underline max-md:text-md touch:leading-8"
        >
          {name}
        </Link>
        {description !== '' && <p className="text-xs break-words text-fg-2">{description}</p>}
      </CardCell>
      <CardCell className={tags.length === 0 ? 'max-md:hidden' : 'py-1.5 max-md:basis-full'}>
        <span className="flex flex-wrap gap-1">
          {tags.map((tag) => (
            <TagButton key={tag} tag={tag} onChoose={() => onTag(tag)} />
          ))}
        </span>
      </CardCell>
      {withTenant && (
        <CardCell translate="no" className="text-fg-2">
          {project.tenant.name}
        </CardCell>
      )}
      <CardCell label={t('column.containers')} className="text-end tabular-nums">
        {project.containers}
      </CardCell>
      <CardCell label={t('column.members')} className="text-end tabular-nums">
        {project.members}
      </CardCell>
      <CardCell className="whitespace-nowrap text-fg-3 md:@max-[52rem]:hidden">
        <TimeAgo at={archivedAt ?? project.createdAt} />
      </CardCell>
    </CardRow>
  );
}
