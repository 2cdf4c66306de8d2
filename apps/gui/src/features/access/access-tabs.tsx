'use client';

import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';
import { useMayAnywhere } from '../identity/me.tsx';

const HREFS = { roles: '/access/roles', requests: '/access/requests', explain: '/access/explain' } as const;

/** What people can be, what they ask for, and why they may or may not. */
export function AccessTabs({ current }: { current: keyof typeof HREFS }) {
  const t = useTranslations('access.tabs');
  const maySeeRoles = useMayAnywhere('roles.see');
  const keys = (['roles', 'requests', 'explain'] as const).filter((key) => key !== 'roles' || maySeeRoles);
  return (
    <LinkTabs
      label={t('label')}
      className="mb-4"
      tabs={keys.map((key) => ({ label: t(key), href: HREFS[key], current: key === current }))}
    />
  );
}
