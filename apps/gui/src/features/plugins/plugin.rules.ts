import type { Plugin, PluginConsent, PluginStatus } from '@bailiwick/contract';
import { PluginScope } from '@bailiwick/contract';
import type { StatusIcon } from '../../ui/badge.tsx';

export const STATUS_ICONS: Readonly<Record<PluginStatus, StatusIcon>> = {
  broken: 'bad',
  unapproved: 'info',
  stopped: 'stopped',
  starting: 'busy',
  initialized: 'busy',
  healthy: 'good',
  degraded: 'warning',
  unresponsive: 'bad',
  crashed: 'bad',
  disabled: 'off',
};

/** What somebody has to do before it does its work as it should; the gravest first. */
export type PluginNeed = 'mend' | 'agree' | 'startAgain' | 'agreeAnew';

export function needOf({ status, wantsMore }: Pick<Plugin, 'status' | 'wantsMore'>): PluginNeed | null {
  if (status === 'broken') return 'mend';
  if (status === 'unapproved') return 'agree';
  if (status === 'disabled') return 'startAgain';
  return wantsMore ? 'agreeAnew' : null;
}

/** Whether it says who should be there; the first version always may. */
export const bringsPeople = ({ manifest }: Pick<Plugin, 'manifest'>): boolean =>
  manifest !== null && (manifest.api_version === 'v1' || manifest.provides.includes('users'));

/** Whether there is a process, or one that is about to come back. */
export const isUp = ({ status }: Pick<Plugin, 'status'>): boolean =>
  ['starting', 'initialized', 'healthy', 'degraded', 'unresponsive', 'crashed'].includes(status);

/** Whether there is somebody to ask how it is. */
export const canAnswer = (plugin: Pick<Plugin, 'status'>): boolean =>
  isUp(plugin) && plugin.status !== 'crashed' && plugin.status !== 'starting';

export const PLUGIN_STATES = ['attention', 'running', 'resting'] as const;
/** What the address says about the list. */
export interface PluginsView {
  q: string;
  state: (typeof PLUGIN_STATES)[number] | '';
}
export const EVERY_PLUGIN: PluginsView = { q: '', state: '' };

export const toPluginState = (text: string | null): PluginsView['state'] =>
  PLUGIN_STATES.find((state) => state === text) ?? '';

export const readPluginsView = (query: URLSearchParams): PluginsView => ({
  q: (query.get('q') ?? '').slice(0, 200),
  state: toPluginState(query.get('state')),
});

export function writePluginsView(view: PluginsView): string {
  const named = Object.entries(view).filter(([, value]) => value !== '');
  return named.length === 0 ? '' : `?${new URLSearchParams(named)}`;
}

export const filterCount = ({ q, state }: PluginsView): number => [q.trim(), state].filter(Boolean).length;

/** Those that are meant: what needs somebody first, then by name. */
export function selectPlugins(plugins: readonly Plugin[], { q, state }: PluginsView): Plugin[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return plugins
    .filter((plugin) => state === '' || stateOf(plugin) === state)
    .filter((plugin) => words.every((word) => textOf(plugin).includes(word)))
    .toSorted(
      (one, other) => Number(needsSomebody(other)) - Number(needsSomebody(one)) || (one.name < other.name ? -1 : 1),
    );
}

const needsSomebody = (plugin: Plugin): boolean => stateOf(plugin) === 'attention';

function stateOf(plugin: Plugin): PluginsView['state'] {
  const need = needOf(plugin);
  // What asks for more may have been given less on purpose.
  if ((need !== null && need !== 'agreeAnew') || ['degraded', 'unresponsive', 'crashed'].includes(plugin.status))
    return 'attention';
  return plugin.status === 'stopped' ? 'resting' : 'running';
}

const textOf = ({ name, manifest, message, error }: Plugin): string =>
  [name, manifest?.description, message, error].join('\n').toLowerCase();

/** What a look at the folder found otherwise than before, by name. */
export interface Looked {
  added: string[];
  gone: string[];
  total: number;
}

export function lookedAt(before: readonly Plugin[], after: readonly Plugin[]): Looked {
  const namesBesides = (some: readonly Plugin[], others: readonly Plugin[]) => {
    const ids = new Set(others.map(({ id }) => id));
    return some.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
  };
  return { added: namesBesides(after, before), gone: namesBesides(before, after), total: after.length };
}

/** How grave it is that a plugin may do this. */
export type ScopeRisk = 'low' | 'elevated' | 'high';
export const SCOPE_RISKS: Readonly<Record<PluginScope, ScopeRisk>> = {
  'users.read': 'elevated',
  'users.write': 'high',
  'roles.read': 'low',
  'roles.write': 'high',
  'identity_tags.read': 'low',
  'identity_tags.write': 'high',
  'containers.read': 'low',
  'events.read': 'low',
  'events.emit': 'elevated',
  storage: 'low',
};

/** What its manifest asks for, in the order all of them have. */
export const scopesAskedBy = ({ manifest }: Pick<Plugin, 'manifest'>): PluginScope[] =>
  PluginScope.options.filter((scope) => manifest?.scopes.includes(scope));

/** What is otherwise once this is agreed to. */
export interface ConsentChange {
  given: PluginScope[];
  taken: PluginScope[];
  network: 'given' | 'taken' | null;
  tenants: 'wider' | 'narrower' | 'other' | null;
}

export function consentChange(before: PluginConsent | null, after: PluginConsent): ConsentChange {
  const [had, has] = [new Set(before?.scopes), new Set(after.scopes)];
  const hadNetwork = before?.network ?? false;
  return {
    given: after.scopes.filter((scope) => !had.has(scope)),
    taken: [...had].filter((scope) => !has.has(scope)),
    network: hadNetwork === after.network ? null : after.network ? 'given' : 'taken',
    tenants: before === null ? null : tenantsChange(before.tenants, after.tenants),
  };
}

export const isNoChange = ({ given, taken, network, tenants }: ConsentChange): boolean =>
  given.length === 0 && taken.length === 0 && network === null && tenants === null;

function tenantsChange(before: PluginConsent['tenants'], after: PluginConsent['tenants']): ConsentChange['tenants'] {
  if (before === null || after === null) return before === after ? null : after === null ? 'wider' : 'narrower';
  const [more, fewer] = [after.some((id) => !before.includes(id)), before.some((id) => !after.includes(id))];
  if (more && fewer) return 'other';
  return more ? 'wider' : fewer ? 'narrower' : null;
}
