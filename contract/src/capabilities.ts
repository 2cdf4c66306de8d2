import * as z from 'zod';

/** Everything that can be allowed or refused, always `noun.verb`. Unknown names are refused. */
export const Capability = z.enum([
  'containers.see',
  'containers.create',
  'containers.logs',
  'containers.logsDownload',
  'containers.start',
  'containers.stop',
  'containers.restart',
  'containers.pause',
  'containers.kill',
  'containers.rename',
  'containers.delete',
  'containers.inspect',
  'containers.activity',
  'presets.see',
  'environments.see',
  'environments.test',
  'operations.see',
  'operations.cancel',
  'operations.retry',
  'people.see',
  'people.create',
  'people.update',
  'people.move',
  'people.delete',
  'people.sessions',
  'people.ownership',
  'tenants.see',
  'tenants.create',
  'tenants.update',
  'tenants.archive',
  'roles.see',
  'roles.update',
  'settings.see',
  'settings.update',
  'audit.see',
  'audit.export',
  'panel.log',
  'account.see',
  'account.manage',
]);
export type Capability = z.infer<typeof Capability>;

/** Capabilities that change nothing: all a viewer can ever hold. */
export const READ_CAPABILITIES: ReadonlySet<Capability> = new Set<Capability>([
  'containers.see',
  'containers.logs',
  'containers.inspect',
  'containers.activity',
  'presets.see',
  'environments.see',
  'operations.see',
  'people.see',
  'tenants.see',
  'roles.see',
  'settings.see',
  'audit.see',
  'panel.log',
  'account.see',
  'account.manage',
]);

export const PlatformRole = z.enum(['owner', 'administrator', 'member', 'viewer']);
export type PlatformRole = z.infer<typeof PlatformRole>;
