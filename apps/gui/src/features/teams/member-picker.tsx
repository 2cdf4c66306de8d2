'use client';

import { useTranslations } from 'next-intl';
import type { Team } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Banner } from '../../ui/banner.tsx';
import { PickList } from '../../ui/pick-list.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useMay } from '../identity/me.tsx';
import { Failure } from '../shell/failure.tsx';
import { useMemberChoices } from './member-choices.ts';

interface Props {
  tenant: string;
  /** Those who are in it: shown also to who cannot see the other people of the tenant. */
  members: Team['members'];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
  disabled?: boolean;
}

/** Who is in a team: everybody of its tenant can be. */
export function MemberPicker({ tenant, members, chosen, onChange, disabled = false }: Props) {
  const t = useTranslations('teams.picker');
  const maySeePeople = useMay('people.see');
  const people = useMemberChoices(tenant, maySeePeople);
  if (maySeePeople && people.isPending)
    return (
      <Loading label={t('loading')} className="flex flex-col gap-2">
        <Skeleton className="w-1/2" />
        <Skeleton className="w-2/3" />
        <Skeleton className="w-1/3" />
      </Loading>
    );
  if (people.error instanceof ApiError)
    return <Failure level="part" error={people.error.envelope} onRetry={() => void people.refetch()} />;
  const own = members.map(({ id, name, username }) => ({ id, label: name, hint: username }));
  return (
    <>
      {!maySeePeople && <Banner className="mb-2" title={t('onlyMembers')} />}
      <PickList
        label={t('label')}
        searchLabel={t('search')}
        choices={inOrder(people.data ?? own, members)}
        chosen={chosen}
        onChange={onChange}
        summary={t('chosen', { count: chosen.size })}
        nothing={t('nothing')}
        more={(count) => t('more', { count })}
        disabled={disabled}
      />
    </>
  );
}

/** Whoever is in it first; what is chosen meanwhile moves nobody. */
function inOrder<Person extends { id: string; label: string }>(people: readonly Person[], members: Team['members']) {
  const own = new Set<string>(members.map(({ id }) => id));
  return people.toSorted(
    (one, other) => Number(own.has(other.id)) - Number(own.has(one.id)) || one.label.localeCompare(other.label),
  );
}
