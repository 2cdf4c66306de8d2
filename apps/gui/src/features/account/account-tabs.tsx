'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';

const TABS = ['profile', 'security', 'activity', 'appearance'] as const;

export function AccountTabs() {
  const t = useTranslations('account.tabs');
  const pathname = usePathname();
  return (
    <LinkTabs
      label={t('label')}
      className="mb-4"
      tabs={TABS.map((tab) => ({
        label: t(tab),
        href: `/account/${tab}`,
        current: pathname === `/account/${tab}`,
      }))}
    />
  );
}
