'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Team } from '@bailiwick/contract';
import { CardCell, CardRow } from '../../ui/card-table.tsx';

const NAMED = 3;

export function TeamRow({ team, withTenant }: { team: Team; withTenant: boolean }) {
  const t = useTranslations('teams');
  const { members } = team;
  const named = members
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join(', ');
  return (
    <CardRow data-id={team.id}>
      <CardCell place="lead" className="py-1.5">
        <Link
          href={`/teams/${team.id}`}
          prefetch={false}
          translate="no"
          className="font-medium break-words hover:underline max-md:text-md touch:leading-8"
        >
          {team.name}
        </Link>
        {team.description !== '' && <p className="text-xs break-words text-fg-2">{team.description}</p>}
      </CardCell>
      <CardCell className="py-1.5 text-fg-2 max-md:basis-full">
        {members.length === 0 ? (
          <span className="text-fg-3">{t('nobody')}</span>
        ) : members.length > NAMED ? (
          t('named', { names: named, count: members.length - NAMED })
        ) : (
          <span translate="no">{named}</span>
        )}
      </CardCell>
      {withTenant && (
        <CardCell translate="no" className="text-fg-2">
          {team.tenant.name}
        </CardCell>
      )}
      <CardCell label={t('column.priority')} className="text-end tabular-nums">
        {team.priority}
      </CardCell>
      <CardCell label={t('column.grants')} className="text-end tabular-nums">
        {team.grants}
      </CardCell>
    </CardRow>
  );
}
