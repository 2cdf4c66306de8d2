import type { PluginConsent, PluginId, PluginManifest, PluginScope, TenantId } from '@bailiwick/contract';

/** The plugin that asks, as somebody agreed to it. */
export interface HostCaller {
  readonly id: PluginId;
  readonly name: string;
  readonly scopes: ReadonlySet<PluginScope>;
  /** Null for all. */
  readonly tenants: ReadonlySet<TenantId> | null;
  /** The kinds its manifest names. */
  readonly events: readonly string[];
}

/** What each method asks for; null: it is the plugin's own business. A method that is not here stops the start. */
export const SCOPE_OF = {
  ListUsers: 'users.read',
  SyncUser: 'users.write',
  SetIdentityTag: 'identity_tags.write',
  ListRoles: 'roles.read',
  UpsertRole: 'roles.write',
  ListContainers: 'containers.read',
  Subscribe: 'events.read',
  EmitEvent: 'events.emit',
  GetValue: 'storage',
  SetValue: 'storage',
  DeleteValue: 'storage',
  ListKeys: 'storage',
  WriteLog: null,
} as const satisfies Readonly<Record<string, PluginScope | null>>;
export type HostMethod = keyof typeof SCOPE_OF;

export const reaches = ({ tenants }: HostCaller, tenantId: TenantId | null): boolean =>
  tenants === null || (tenantId !== null && tenants.has(tenantId));

/** `pattern`: a kind, or with a star at its end all that begin so. */
export const isOfKind = (kind: string, pattern: string): boolean =>
  pattern.endsWith('*') ? kind.startsWith(pattern.slice(0, -1)) : kind === pattern;

interface Agreed {
  readonly id: PluginId;
  readonly name: string;
  readonly manifest: PluginManifest | null;
  readonly consent: PluginConsent | null;
}

/** What was agreed to, as the door of the host asks for it. */
export const toCaller = ({ id, name, manifest, consent }: Agreed): HostCaller => ({
  id,
  name,
  scopes: new Set(consent?.scopes),
  tenants: consent?.tenants ? new Set(consent.tenants) : null,
  events: manifest?.events ?? [],
});
