'use client';

import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { Mark } from './mark.tsx';
import { isCurrent, type Page } from './pages.ts';
import { usePages } from './use-pages.tsx';

const SECTIONS = ['workloads', 'resources', 'organisation', 'system'] as const;
/** Words beside the icons: on a wide screen with the rail open; else they are for screen readers and the tooltip. */
const WORDS = 'sr-only lg:group-data-[rail=open]:not-sr-only';

export function Rail({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const t = useTranslations('shell');
  const pages = usePages();
  return (
    <aside
      data-rail={open ? 'open' : 'closed'}
      className="group sticky top-0 flex h-dvh w-13 shrink-0 flex-col border-e border-line bg-surface-1 max-md:hidden lg:data-[rail=open]:w-56"
    >
      <Link href="/" className="flex h-12 items-center gap-2 px-3.5 text-md font-semibold -outline-offset-2">
        <Mark />
        <span className={WORDS}>{t('product')}</span>
      </Link>
      <nav aria-label={t('navigation')} className="flex grow flex-col gap-4 overflow-y-auto p-2">
        {SECTIONS.map((section) => {
          const own = pages.filter((page) => page.section === section);
          if (own.length === 0) return null;
          return (
            <div key={section}>
              <p className="hidden px-2 pb-1 text-2xs font-medium text-fg-3 lg:group-data-[rail=open]:block">
                {t(section)}
              </p>
              <ul className="flex flex-col gap-0.5">
                {own.map((page) => (
                  <li key={page.key}>
                    <RailLink page={page} open={open} />
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </nav>
      <div className="hidden p-2 lg:block">
        <IconButton label={open ? t('collapse') : t('expand')} hint={<Kbd keys="[" />} onClick={onToggle}>
          {open ? <PanelLeftClose aria-hidden /> : <PanelLeftOpen aria-hidden />}
        </IconButton>
      </div>
    </aside>
  );
}

function RailLink({ page, open }: { page: Page; open: boolean }) {
  const t = useTranslations('shell');
  const current = isCurrent(page, usePathname());
  const Icon = page.icon;
  return (
    <Tooltip
      content={[t(page.key), <Kbd key="keys" keys={page.keys} />]}
      side="right"
      {...(open ? { className: 'lg:hidden' } : {})}
    >
      <Link
        href={page.href}
        aria-current={current ? 'page' : undefined}
        className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-fg-2 hover:bg-surface-2 hover:text-fg aria-[current=page]:bg-accent-subtle aria-[current=page]:font-medium aria-[current=page]:text-fg touch:h-11"
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        <span className={WORDS}>{t(page.key)}</span>
      </Link>
    </Tooltip>
  );
}
