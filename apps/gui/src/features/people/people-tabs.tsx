'use client';

import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { useMay } from '../identity/me.tsx';

const HREFS = { people: '/people', invitations: '/people/invitations', roles: '/roles' } as const;

/** People, those who may become some, and the roles they can carry. */
export function PeopleTabs({ current }: { current: keyof typeof HREFS }) {
  const t = useTranslations('people.tabs');
  const maySeeRoles = useMay('roles.see');
  const keys = maySeeRoles ? (['people', 'invitations', 'roles'] as const) : (['people', 'invitations'] as const);
  return (
    <LinkTabs
      label={t('label')}
      className="mb-4"
      tabs={keys.map((key) => ({ label: t(key), href: HREFS[key], current: key === current }))}
    />
  );
}
