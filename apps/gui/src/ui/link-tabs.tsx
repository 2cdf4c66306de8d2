import { Lock } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names.ts';

export interface LinkTab {
  href: string;
  label: string;
  current: boolean;
  /** Stands beside a tab that cannot be opened, and tells why. */
  refused?: ReactNode;
}

/** Tabs that are pages of their own: each has an address, opens in a new tab, and is a landmark. */
export function LinkTabs({
  tabs,
  label,
  className,
  ...rest
}: ComponentProps<'nav'> & { tabs: LinkTab[]; label: string }) {
  return (
    <nav
      data-slot="tabs"
      aria-label={label}
      className={cn('flex gap-1 overflow-x-auto border-b border-line', className)}
      {...rest}
    >
      {tabs.map((tab) =>
        tab.refused !== undefined ? (
          <span key={tab.href} className="inline-flex h-9 shrink-0 items-center ps-3 text-sm text-fg-3 touch:h-11">
            <Lock aria-hidden className="me-1 size-3" />
            {tab.label}
            {tab.refused}
          </span>
        ) : (
          <Link
            key={tab.href}
            href={tab.href}
            aria-current={tab.current ? 'page' : undefined}
            className="inline-flex h-9 shrink-0 items-center rounded-t-md border-b-2 border-transparent px-3 text-sm text-fg-2 -outline-offset-2 hover:text-fg aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-fg touch:h-11"
          >
            {tab.label}
          </Link>
        ),
      )}
    </nav>
  );
}
