'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Team, TeamAnswer } from '@bailiwick/contract';
import { announce } from '../../lib/announce.ts';
import { api, ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { useNeeds } from '../identity/needs.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { MemberPicker } from './member-picker.tsx';
import { membersChanged } from './team-form.rules.ts';

/** Who is in it; what is chosen counts when it is saved. */
export function TeamMembers({ team }: { team: Team }) {
  const t = useTranslations('teams.members');
  const reason = useNeeds()(team, 'teams.update');
  const own = new Set<string>(team.members.map(({ id }) => id));
  const [choice, setChoice] = useState<{ chosen: ReadonlySet<string>; version: string } | null>(null);
  const chosen = choice?.chosen ?? own;
  const { joined, left } = membersChanged(team, chosen);
  const dirty = joined.length + left.length > 0;
  const save = useMutation({
    // What was looked at when the choice began: who came or left since is not overwritten.
    mutationFn: () =>
      api<TeamAnswer>('PATCH', `/teams/${team.id}`, {
        body: { members: [...chosen], version: choice?.version ?? team.version },
      }),
    onSuccess: () => {
      announce(t('saved'));
      setChoice(null);
    },
    throwOnError: (error) => !(error instanceof ApiError),
  });
  const discard = () => {
    setChoice(null);
    save.reset();
  };
  return (
    <Card aria-label={t('title')}>
      <CardTitle className="mb-1">{t('title')}</CardTitle>
      <p className="mb-3 text-fg-2">{reason ?? t('text')}</p>
      <MemberPicker
        tenant={team.tenant.slug}
        members={team.members}
        chosen={chosen}
        onChange={(next) => setChoice({ chosen: next, version: choice?.version ?? team.version })}
        disabled={reason !== null}
      />
      <div className="mt-3 flex flex-col gap-3 empty:hidden">
        <ErrorNotice error={save.error instanceof ApiError ? save.error : null} />
        {reason === null && (
          <div className="flex flex-wrap items-center gap-3">
            <Button look="primary" disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>
              {t('save')}
            </Button>
            {dirty && <Button onClick={discard}>{t('discard')}</Button>}
            <span role="status" className="text-fg-2">
              {dirty && t('changes', { joined: joined.length, left: left.length })}
              {!dirty && save.isSuccess && t('saved')}
            </span>
          </div>
        )}
      </div>
    </Card>
  );
}
