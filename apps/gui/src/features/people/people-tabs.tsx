'use client';

import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { useMay } from '../identity/me.tsx';

/** People, and the roles they can carry. */
export function PeopleTabs({ current }: { current: 'people' | 'roles' }) {
  const t = useTranslations('people.tabs');
  const maySeeRoles = useMay('roles.see');
  const keys = maySeeRoles ? (['people', 'roles'] as const) : (['people'] as const);
  return (
    <LinkTabs
      label={t('label')}
      className="mb-4"
      tabs={keys.map((key) => ({ label: t(key), href: `/${key}`, current: key === current }))}
    />
  );
}
