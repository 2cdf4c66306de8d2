'use client';

import { ArrowLeft, Building2, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Grant, Team } from '@bailiwick/contract';
import { useFollowed } from '../../lib/live-hooks.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { DisabledReason } from '../../ui/tooltip.tsx';
import { useNeeds } from '../identity/needs.ts';
import { DeleteTeam } from './delete-team.tsx';
import { GoneTeam } from './gone-team.tsx';
import { TeamGrants } from './team-grants.tsx';
import { TeamMembers } from './team-members.tsx';
import { TeamSettings } from './team-settings.tsx';

interface Props {
  team: Team;
  /** Null for who may not read what was handed on in its tenant. */
  grants: readonly Grant[] | null;
}

/** One team: who is in it, what it was given, and what it is called. */
export function TeamPage({ team: initial, grants }: Props) {
  const t = useTranslations('teams');
  const router = useRouter();
  const team = useFollowed('teams', [initial]).find(({ id }) => id === initial.id);
  const reason = useNeeds()(team ?? initial, 'teams.delete');
  const [deleting, setDeleting] = useState(false);
  useFreshGrants(team?.grants);
  if (!team) return <GoneTeam />;
  return (
    <div className="flex max-w-4xl flex-col gap-4">
      <header className="flex flex-col gap-2">
        <Link
          href="/teams"
          className="inline-flex min-h-6 items-center gap-1 self-start text-fg-2 hover:text-fg hover:underline touch:min-h-11"
        >
          <ArrowLeft aria-hidden className="size-4 rtl:rotate-180" />
          {t('title')}
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 tabIndex={-1} translate="no" className="min-w-0 text-xl font-semibold break-words">
            {team.name}
          </h1>
          <Badge>
            <Building2 aria-hidden className="size-3" />
            <span translate="no">{team.tenant.name}</span>
          </Badge>
          <span className="grow text-fg-3">{t('facts', { members: team.members.length, grants: team.grants })}</span>
          <DisabledReason reason={reason}>
            <Button disabled={reason !== null} onClick={() => setDeleting(true)}>
              <Trash2 aria-hidden />
              {t('delete.open')}
            </Button>
          </DisabledReason>
        </div>
        {team.description !== '' && <p className="text-fg-2">{team.description}</p>}
      </header>
      <TeamMembers team={team} />
      <TeamGrants grants={grants} count={team.grants} />
      <TeamSettings key={`${team.name} ${team.priority} ${team.description}`} team={team} />
      {deleting && (
        <DeleteTeam
          team={team}
          grants={grants}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.push('/teams')}
        />
      )}
    </div>
  );
}

/** What it was given is read with the page: anew when its number is another. */
function useFreshGrants(count: number | undefined): void {
  const router = useRouter();
  const rendered = useRef(count);
  useEffect(() => {
    if (count === undefined || rendered.current === count) return;
    rendered.current = count;
    router.refresh();
  }, [count, router]);
}
