'use client';

import { Ellipsis, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Menu, MenuContent, MenuLink, MenuTrigger } from '../../ui/menu.tsx';
import { isCurrent, type Page } from './pages.ts';
import { usePages } from './use-pages.tsx';

const FIRST: readonly Page['key'][] = ['home', 'containers', 'activity'];
const ITEM =
  'flex h-14 grow basis-0 flex-col items-center justify-center gap-0.5 text-2xs text-fg-2 -outline-offset-2 aria-[current=page]:text-accent-text';

/** Navigation at the thumb on small screens. */
export function BottomBar({ onFind }: { onFind: () => void }) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  const pages = usePages();
  const first = pages.filter(({ key }) => FIRST.includes(key));
  const more = pages.filter(({ key }) => !FIRST.includes(key));
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface-1 pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {first.map((page) => (
        <Link
          key={page.key}
          href={page.href}
          aria-current={isCurrent(page, pathname) ? 'page' : undefined}
          className={ITEM}
        >
          <Labelled icon={<page.icon aria-hidden className="size-5" />} label={t(page.key)} />
        </Link>
      ))}
      <button type="button" onClick={onFind} className={ITEM}>
        <Labelled icon={<Search aria-hidden className="size-5" />} label={t('find')} />
      </button>
      {more.length > 0 && (
        <Menu>
          <MenuTrigger className={ITEM}>
            <Labelled icon={<Ellipsis aria-hidden className="size-5" />} label={t('more')} />
          </MenuTrigger>
          <MenuContent>
            {more.map((page) => (
              <MenuLink key={page.key}>
                <Link href={page.href}>
                  <page.icon aria-hidden />
                  {t(page.key)}
                </Link>
              </MenuLink>
            ))}
          </MenuContent>
        </Menu>
      )}
    </nav>
  );
}

const Labelled = ({ icon, label }: { icon: ReactNode; label: string }) => (
  <>
    {icon}
    {label}
  </>
);
