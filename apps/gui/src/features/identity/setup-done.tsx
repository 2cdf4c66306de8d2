import { Box, ChevronRight, LayoutGrid, type LucideIcon, ShieldCheck, UserPlus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { SetupHeading } from './setup-heading.tsx';

const NEXT: { key: 'look' | 'deploy' | 'people' | 'signIn'; href: string; icon: LucideIcon }[] = [
  { key: 'look', href: '/containers', icon: Box },
  { key: 'deploy', href: '/catalogue', icon: LayoutGrid },
  { key: 'people', href: '/people', icon: UserPlus },
  { key: 'signIn', href: '/settings/sign-in', icon: ShieldCheck },
];

export function SetupDone() {
  const t = useTranslations('setup.done');
  return (
    <>
      <SetupHeading>{t('title')}</SetupHeading>
      <p className="mt-1 mb-4 text-fg-2">{t('description')}</p>
      <ul className="flex flex-col gap-2">
        {NEXT.map(({ key, href, icon: Icon }) => (
          <li key={key}>
            <Link
              href={href}
              className="flex items-center gap-3 rounded-lg border border-line-strong p-3 hover:bg-surface-2"
            >
              <Icon aria-hidden className="size-5 shrink-0 text-accent-text" />
              <span className="grow">
                <span className="block font-medium">{t(key)}</span>
                <span className="block text-xs text-fg-2">{t(`${key}Hint`)}</span>
              </span>
              <ChevronRight aria-hidden className="size-4 shrink-0 text-fg-3 rtl:rotate-180" />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
