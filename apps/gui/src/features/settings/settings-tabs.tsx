'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { LinkTabs } from '../../ui/link-tabs.tsx';

const TABS = [
  ['signIn', '/settings/sign-in'],
  ['mail', '/settings/mail'],
  ['notifications', '/settings/notifications'],
  ['coreLog', '/settings/core-log'],
] as const;

export function SettingsTabs() {
  const t = useTranslations('settings.tabs');
  const pathname = usePathname();
  return (
    <LinkTabs
      label={t('label')}
      className="mb-4"
      tabs={TABS.map(([tab, href]) => ({ label: t(tab), href, current: pathname === href }))}
    />
  );
}
