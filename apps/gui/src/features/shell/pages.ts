import {
  ArchiveRestore,
  Activity,
  Bell,
  Box,
  Building2,
  ChartColumn,
  FolderKanban,
  HardDrive,
  House,
  Inbox,
  KeyRound,
  LayoutDashboard,
  LayoutGrid,
  Network,
  Puzzle,
  type LucideIcon,
  ScrollText,
  Server,
  SlidersHorizontal,
  Users,
} from 'lucide-react';
import type { Capability, Me } from '@bailiwick/contract';

/** One entry of the navigation; shown to whoever its page has anything for. */
export interface Page {
  key:
    | 'home'
    | 'containers'
    | 'dashboards'
    | 'catalogue'
    | 'volumes'
    | 'ports'
    | 'bin'
    | 'projects'
    | 'people'
    | 'access'
    | 'requests'
    | 'tenants'
    | 'alerts'
    | 'activity'
    | 'audit'
    | 'environments'
    | 'statistics'
    | 'plugins'
    | 'settings';
  href: string;
  icon: LucideIcon;
  keys: string;
  section: 'workloads' | 'resources' | 'organisation' | 'system';
}

/** Who is looking, and whether they see a project or a request. */
export type Looker = Pick<Me, 'can' | 'anywhere'> & { seesProjects: boolean; seesRequests: boolean };

type Shown = (looker: Looker) => boolean;
const can =
  (capability: Capability): Shown =>
  (looker) =>
    looker.can.includes(capability);
const anywhere =
  (capability: Capability): Shown =>
  (looker) =>
    looker.anywhere.includes(capability);

const PAGES: ReadonlyArray<Page & { shown: Shown }> = [
  { key: 'home', href: '/', icon: House, keys: 'g h', shown: () => true, section: 'workloads' },
  {
    key: 'containers',
    href: '/containers',
    icon: Box,
    keys: 'g c',
    shown: can('containers.see'),
    section: 'workloads',
  },
  {
    key: 'dashboards',
    href: '/dashboards',
    icon: LayoutDashboard,
    keys: 'g d',
    shown: can('account.manage'),
    section: 'workloads',
  },
  {
    key: 'catalogue',
    href: '/catalogue',
    icon: LayoutGrid,
    keys: 'g p',
    shown: can('presets.see'),
    section: 'workloads',
  },
  {
    key: 'volumes',
    href: '/volumes',
    icon: HardDrive,
    keys: 'g o',
    shown: anywhere('volumes.see'),
    section: 'resources',
  },
  { key: 'ports', href: '/ports', icon: Network, keys: 'g t', shown: can('containers.see'), section: 'resources' },
  { key: 'bin', href: '/bin', icon: ArchiveRestore, keys: 'g b', shown: can('containers.see'), section: 'resources' },
  {
    key: 'projects',
    href: '/projects',
    icon: FolderKanban,
    keys: 'g r',
    shown: ({ seesProjects }) => seesProjects,
    section: 'organisation',
  },
  { key: 'people', href: '/people', icon: Users, keys: 'g u', shown: can('people.see'), section: 'organisation' },
  // Who looks after teams only has no list of people to begin with.
  {
    key: 'people',
    href: '/teams',
    icon: Users,
    keys: 'g u',
    shown: (looker) => !can('people.see')(looker) && anywhere('teams.see')(looker),
    section: 'organisation',
  },
  {
    key: 'access',
    href: '/access/roles',
    icon: KeyRound,
    keys: 'g x',
    shown: anywhere('roles.see'),
    section: 'organisation',
  },
  // Who sees roles finds requests beside them.
  {
    key: 'requests',
    href: '/access/requests',
    icon: Inbox,
    keys: 'g x',
    shown: (looker) => !anywhere('roles.see')(looker) && looker.seesRequests,
    section: 'organisation',
  },
  { key: 'audit', href: '/audit', icon: ScrollText, keys: 'g l', shown: can('audit.see'), section: 'organisation' },
  {
    key: 'tenants',
    href: '/tenants',
    icon: Building2,
    keys: 'g n',
    shown: can('tenants.see'),
    section: 'organisation',
  },
  { key: 'alerts', href: '/alerts', icon: Bell, keys: 'g a', shown: can('containers.see'), section: 'system' },
  { key: 'activity', href: '/activity', icon: Activity, keys: 'g y', shown: can('operations.see'), section: 'system' },
  {
    key: 'environments',
    href: '/environments',
    icon: Server,
    keys: 'g e',
    shown: can('environments.see'),
    section: 'system',
  },
  {
    key: 'statistics',
    href: '/statistics',
    icon: ChartColumn,
    keys: 'g i',
    shown: can('environments.metrics'),
    section: 'system',
  },
  {
    key: 'plugins',
    href: '/plugins',
    icon: Puzzle,
    keys: 'g m',
    shown: can('plugins.see'),
    section: 'system',
  },
  {
    key: 'settings',
    href: '/settings',
    icon: SlidersHorizontal,
    keys: 'g s',
    shown: can('settings.see'),
    section: 'system',
  },
];

export const pagesFor = (looker: Looker): Page[] => PAGES.filter(({ shown }) => shown(looker));

/** Pages that have no entry of their own in the navigation, and the one they belong to. */
const BELONGS: Partial<Record<Page['key'], readonly string[]>> = {
  catalogue: ['/deploy'],
  people: ['/teams'],
  access: ['/access'],
};

export function isCurrent({ key, href }: Page, pathname: string): boolean {
  return [href, ...(BELONGS[key] ?? [])].some((path) => pathname === path || pathname.startsWith(`${path}/`));
}
