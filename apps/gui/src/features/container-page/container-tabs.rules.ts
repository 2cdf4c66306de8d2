import type { Capability, Rights } from '@bailiwick/contract';
import { isRightMissing } from '../access/rights.rules.ts';

export interface ContainerTab {
  key:
    | 'overview'
    | 'stats'
    | 'logs'
    | 'files'
    | 'shell'
    | 'run'
    | 'console'
    | 'settings'
    | 'inspect'
    | 'activity'
    | 'access';
  href: string;
  /** The right it would take; null where it can be opened. */
  missing: Capability | null;
}

interface Page {
  key: ContainerTab['key'];
  path: string;
  needs: Capability;
  /** Shown also to who lacks the right, since they could ask for it. */
  asked: boolean;
  /** Whoever holds this may do more there than the image is offered for. */
  more?: Capability;
}

const TABS: readonly Page[] = [
  { key: 'overview', path: '', needs: 'containers.see', asked: false },
  { key: 'stats', path: '/stats', needs: 'containers.stats', asked: false },
  { key: 'logs', path: '/logs', needs: 'containers.logs', asked: true },
  { key: 'files', path: '/files', needs: 'files.list', asked: true },
  { key: 'shell', path: '/shell', needs: 'containers.shell', asked: false },
  { key: 'run', path: '/run', needs: 'containers.run', asked: false, more: 'containers.shell' },
  { key: 'console', path: '/console', needs: 'containers.console', asked: false },
  { key: 'settings', path: '/settings', needs: 'containers.settingsSee', asked: false },
  { key: 'inspect', path: '/inspect', needs: 'containers.inspect', asked: false },
  { key: 'activity', path: '/activity', needs: 'containers.activity', asked: true },
  { key: 'access', path: '/access', needs: 'containers.manageAccess', asked: false },
];

/** The pages of a container that this person may open, and those they could ask for. */
export function tabsFor(id: string, rights: Rights): ContainerTab[] {
  return TABS.flatMap(({ key, path, needs, asked, more }): ContainerTab[] => {
    const href = `/containers/${id}${path}`;
    const isForMore = more !== undefined && rights.can.includes(more) && rights.why[needs]?.code === 'run_unsupported';
    if (rights.can.includes(needs) || isForMore) return [{ key, href, missing: null }];
    return asked && isRightMissing(rights, needs) ? [{ key, href, missing: needs }] : [];
  });
}
