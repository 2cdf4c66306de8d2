import {
  Activity,
  Box,
  Building2,
  LayoutGrid,
  type LucideIcon,
  ScrollText,
  Server,
  SlidersHorizontal,
  Users,
} from 'lucide-react';
import type { Capability } from '@bailiwick/contract';

/** One entry of the navigation; shown to whoever holds the capability its page needs. */
export interface Page {
  key: 'containers' | 'catalogue' | 'people' | 'tenants' | 'activity' | 'audit' | 'environments' | 'settings';
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
  { key: 'people', href: '/people', icon: Users, keys: 'g u', needs: 'people.see', section: 'organisation' },
  { key: 'tenants', href: '/tenants', icon: Building2, keys: 'g n', needs: 'tenants.see', section: 'organisation' },
  { key: 'activity', href: '/activity', icon: Activity, keys: 'g y', needs: 'operations.see', section: 'system' },
  {
    key: 'environments',
    href: '/environments',
    icon: Server,
    keys: 'g e',
    needs: 'environments.see',
    section: 'system',
  },
  {
    key: 'settings',
    href: '/settings',
    icon: SlidersHorizontal,
    keys: 'g s',
    needs: 'settings.see',
    section: 'system',
  },
];

export const pagesFor = (can: readonly Capability[]): Page[] => PAGES.filter(({ needs }) => can.includes(needs));

/** Pages that have no entry of their own in the navigation, and the one they belong to. */
const BELONGS: Partial<Record<Page['key'], readonly string[]>> = { catalogue: ['/deploy'], people: ['/roles'] };

export function isCurrent({ key, href }: Page, pathname: string): boolean {
  return [href, ...(BELONGS[key] ?? [])].some((path) => pathname === path || pathname.startsWith(`${path}/`));
}
