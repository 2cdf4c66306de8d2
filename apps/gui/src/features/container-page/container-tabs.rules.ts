import type { Capability } from '@bailiwick/contract';

export interface ContainerTab {
  key: 'overview' | 'logs' | 'inspect' | 'activity';
  href: string;
}

const TABS: readonly { key: ContainerTab['key']; path: string; needs: Capability }[] = [
  { key: 'overview', path: '', needs: 'containers.see' },
  { key: 'logs', path: '/logs', needs: 'containers.logs' },
  { key: 'inspect', path: '/inspect', needs: 'containers.inspect' },
  { key: 'activity', path: '/activity', needs: 'containers.activity' },
];

/** The pages of a container that this person may open. */
export function tabsFor(id: string, can: readonly Capability[]): ContainerTab[] {
  return TABS.filter(({ needs }) => can.includes(needs)).map(({ key, path }) => ({
    key,
    href: `/containers/${id}${path}`,
  }));
}
