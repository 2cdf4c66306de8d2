import { Activity, Box, LayoutGrid, type LucideIcon, ScrollText, Server } from 'lucide-react';
import type { Capability } from '@bailiwick/contract';

/** One entry of the navigation; shown to whoever holds the capability its page needs. */
export interface Page {
  key: 'containers' | 'catalogue' | 'activity' | 'audit' | 'environments';
  href: string;
  icon: LucideIcon;
  keys: string;
  needs: Capability;
  section: 'workloads' | 'organisation' | 'system';
}

const PAGES: readonly Page[] = [
  { key: 'containers', href: '/containers', icon: Box, keys: 'g c', needs: 'containers.see', section: 'workloads' },
  { key: 'catalogue', href: '/catalogue', icon: LayoutGrid, keys: 'g p', needs: 'presets.see', section: 'workloads' },
  { key: 'audit', href: '/audit', icon: ScrollText, keys: 'g l', needs: 'audit.see', section: 'organisation' },
  { key: 'activity', href: '/activity', icon: Activity, keys: 'g y', needs: 'operations.see', section: 'system' },
  {
    key: 'environments',
    href: '/environments',
    icon: Server,
    keys: 'g e',
    needs: 'environments.see',
    section: 'system',
  },
];

export const pagesFor = (can: readonly Capability[]): Page[] => PAGES.filter(({ needs }) => can.includes(needs));

/** The deploy pages belong to the catalogue in the navigation. */
export function isCurrent(page: Page, pathname: string): boolean {
  const path = page.key === 'catalogue' && pathname.startsWith('/deploy/') ? '/catalogue' : pathname;
  return path === page.href || path.startsWith(`${page.href}/`);
}
