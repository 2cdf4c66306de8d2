'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';

const TABS = [
  ['profile', '/account/profile'],
  ['security', '/account/security'],
  ['twoFactor', '/account/two-factor'],
  ['tokens', '/account/tokens'],
  ['access', '/account/access'],
  ['activity', '/account/activity'],
  ['appearance', '/account/appearance'],
] as const;

export function AccountTabs() {
  const t = useTranslations('account.tabs');
  const pathname = usePathname();
  return (
    <LinkTabs
      label={t('label')}
      className="mb-4"
      tabs={TABS.map(([tab, href]) => ({ label: t(tab), href, current: pathname === href }))}
    />
  );
}
