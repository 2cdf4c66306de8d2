'use client';

import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { useMay, useMayAnywhere } from '../identity/me.tsx';

const HREFS = { people: '/people', teams: '/teams', invitations: '/people/invitations' } as const;

/** People, the teams they are in, and those who may become some. */
export function PeopleTabs({ current }: { current: keyof typeof HREFS }) {
  const t = useTranslations('people.tabs');
  const maySeePeople = useMay('people.see');
  const maySeeTeams = useMayAnywhere('teams.see');
  const keys = (['people', 'teams', 'invitations'] as const).filter((key) =>
    key === 'teams' ? maySeeTeams : maySeePeople,
  );
  if (keys.length < 2) return null;
  return (
    <LinkTabs
      label={t('label')}
      className="mb-4"
      tabs={keys.map((key) => ({ label: t(key), href: HREFS[key], current: key === current }))}
    />
  );
}
