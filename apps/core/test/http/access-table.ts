import type { Capability } from '@bailiwick/contract';

export const ASKING = ['owner', 'administrator', 'member', 'viewer', 'anonymous'] as const;
export type Asking = (typeof ASKING)[number];

export interface AccessRow {
  /** As it is declared, below `/api/v1/`; only `healthz` stands outside. */
  readonly route: string;
  readonly allow: Capability | 'public';
  /** What each of them is answered, in the order of `ASKING`. */
  readonly answers: readonly number[];
}

const row = (route: string, allow: AccessRow['allow'], ...answers: number[]): AccessRow => ({ route, allow, answers });

/**
 * Every way into the core by HTTP and what everybody gets there: every `:id` names nothing, and the body is `{}`.
 * 401 nobody is signed in · 403 no such right on anything · 404 nothing there for you · 400 past the guard, body refused.
 */
export const ACCESS_TABLE: readonly AccessRow[] = [
  //   route                                    capability               owner admin member viewer anonymous
  row('GET healthz', 'public', 200, 200, 200, 200, 200),
  row('GET setup', 'public', 200, 200, 200, 200, 200),
  row('POST setup', 'public', 400, 400, 400, 400, 400),
  row('POST sign-in', 'public', 400, 400, 400, 400, 400),
  row('POST sign-in/two-factor', 'public', 400, 400, 400, 400, 400),
  row('POST sign-out', 'account.manage', 204, 204, 204, 204, 401),
  row('GET me', 'account.see', 200, 200, 200, 200, 401),
  row('PUT me/appearance', 'account.manage', 400, 400, 400, 400, 401),
  row('DELETE me/session', 'account.manage', 204, 204, 204, 204, 401),
  row('PATCH me', 'account.manage', 400, 400, 400, 400, 401),
  row('PUT me/password', 'account.manage', 400, 400, 400, 400, 401),
  row('POST me/step-up', 'account.manage', 400, 400, 400, 400, 401),
  row('GET me/two-factor', 'account.manage', 200, 200, 200, 200, 401),
  row('POST me/two-factor', 'account.manage', 201, 201, 201, 201, 401),
  row('POST me/two-factor/confirm', 'account.manage', 400, 400, 400, 400, 401),
  row('POST me/two-factor/recovery-codes', 'account.manage', 400, 400, 400, 400, 401),
  row('DELETE me/two-factor', 'account.manage', 400, 400, 400, 400, 401),
  row('GET me/sessions', 'account.manage', 200, 200, 200, 200, 401),
  row('DELETE me/sessions', 'account.manage', 204, 204, 204, 204, 401),
  row('DELETE me/sessions/:id', 'account.manage', 404, 404, 404, 404, 401),
  row('GET me/tokens', 'account.manage', 200, 200, 200, 200, 401),
  row('POST me/tokens', 'account.manage', 400, 400, 400, 400, 401),
  row('DELETE me/tokens/:id', 'account.manage', 404, 404, 404, 404, 401),
  row('POST token/two-factor', 'public', 400, 400, 400, 400, 400),
  row('POST token', 'public', 400, 400, 400, 400, 400),
  row('POST token/refresh', 'public', 400, 400, 400, 400, 400),
  row('POST token/revoke', 'public', 400, 400, 400, 400, 400),
  row('GET installer/status', 'public', 404, 404, 404, 404, 404),
  row('POST installer/init-owner', 'public', 404, 404, 404, 404, 404),
  row('POST installer/modify-admin', 'public', 404, 404, 404, 404, 404),
  row('GET users', 'people.see', 200, 200, 403, 403, 401),
  row('POST users', 'people.create', 400, 400, 403, 403, 401),
  row('POST users/import', 'people.create', 400, 400, 403, 403, 401),
  row('GET users/:id', 'people.see', 404, 404, 403, 403, 401),
  row('PATCH users/:id', 'people.update', 404, 404, 403, 403, 401),
  row('POST users/:id/move', 'people.move', 400, 400, 403, 403, 401),
  row('GET users/:id/delete-preview', 'people.delete', 404, 404, 403, 403, 401),
  row('DELETE users/:id', 'people.delete', 404, 404, 403, 403, 401),
  row('GET users/:id/sessions', 'people.sessions', 404, 404, 403, 403, 401),
  row('DELETE users/:id/sessions', 'people.sessions', 404, 404, 403, 403, 401),
  row('DELETE users/:id/two-factor', 'people.update', 404, 404, 403, 403, 401),
  row('GET settings/two-factor', 'settings.see', 200, 200, 403, 403, 401),
  row('PUT settings/two-factor', 'settings.update', 400, 400, 403, 403, 401),
  row('GET users/:id/tokens', 'people.sessions', 404, 404, 403, 403, 401),
  row('DELETE users/:id/tokens/:token', 'people.sessions', 404, 404, 403, 403, 401),
  row('GET tenants', 'tenants.see', 200, 200, 403, 403, 401),
  row('POST tenants', 'tenants.create', 400, 400, 403, 403, 401),
  row('GET tenants/:id', 'tenants.see', 404, 404, 403, 403, 401),
  row('PUT tenants/:id/name', 'tenants.update', 400, 400, 403, 403, 401),
  row('POST tenants/:id/archive', 'tenants.archive', 404, 404, 403, 403, 401),
  row('POST tenants/:id/restore', 'tenants.archive', 404, 404, 403, 403, 401),
  row('GET roles', 'roles.see', 200, 200, 403, 403, 401),
  row('PUT roles/:name', 'roles.update', 400, 400, 403, 403, 401),
  row('DELETE roles/:name', 'roles.update', 404, 404, 403, 403, 401),
  row('GET audit', 'audit.see', 200, 200, 403, 403, 401),
  row('GET audit/:id', 'audit.see', 404, 404, 403, 403, 401),
  row('POST audit/exports', 'audit.export', 400, 400, 403, 403, 401),
  row('GET audit/exports/:id', 'audit.export', 404, 404, 403, 403, 401),
  row('GET users/:id/activity', 'audit.see', 200, 200, 403, 403, 401),
  row('GET me/activity', 'account.manage', 200, 200, 200, 200, 401),
  row('GET core-log', 'panel.log', 200, 200, 403, 403, 401),
  row('GET containers', 'containers.see', 200, 200, 200, 200, 401),
  row('GET containers/:id', 'containers.see', 404, 404, 404, 404, 401),
  row('GET containers/:id/inspect', 'containers.inspect', 404, 404, 403, 403, 401),
  row('GET containers/:id/activity', 'containers.activity', 404, 404, 404, 404, 401),
  row('GET containers/:id/logs', 'containers.logs', 404, 404, 404, 404, 401),
  row('GET containers/:id/logs/download', 'containers.logsDownload', 404, 404, 404, 403, 401),
  row('POST containers/:id/start', 'containers.start', 404, 404, 404, 403, 401),
  row('POST containers/:id/stop', 'containers.stop', 404, 404, 404, 403, 401),
  row('POST containers/:id/restart', 'containers.restart', 404, 404, 404, 403, 401),
  row('POST containers/:id/pause', 'containers.pause', 404, 404, 404, 403, 401),
  row('POST containers/:id/unpause', 'containers.pause', 404, 404, 404, 403, 401),
  row('POST containers/:id/kill', 'containers.kill', 404, 404, 404, 403, 401),
  row('PUT containers/:id/name', 'containers.rename', 400, 400, 400, 403, 401),
  row('GET containers/:id/delete-preview', 'containers.delete', 404, 404, 404, 403, 401),
  row('DELETE containers/:id', 'containers.delete', 404, 404, 404, 403, 401),
  row('POST containers/bulk', 'containers.see', 400, 400, 400, 400, 401),
  row('GET environments', 'environments.see', 200, 200, 200, 200, 401),
  row('GET environments/:id', 'environments.see', 404, 404, 404, 404, 401),
  row('POST environments/:id/test', 'environments.test', 404, 404, 403, 403, 401),
  row('GET presets', 'presets.see', 200, 200, 200, 200, 401),
  row('GET presets/:name', 'presets.see', 404, 404, 404, 404, 401),
  row('POST deployments/review', 'containers.create', 400, 400, 400, 403, 401),
  row('POST deployments', 'containers.create', 400, 400, 400, 403, 401),
  row('GET operations', 'operations.see', 200, 200, 200, 200, 401),
  row('GET operations/:id', 'operations.see', 404, 404, 404, 404, 401),
  row('GET operations/:id/secrets', 'operations.see', 404, 404, 404, 404, 401),
  row('POST operations/:id/cancel', 'operations.cancel', 404, 404, 404, 403, 401),
  row('POST operations/:id/retry', 'operations.retry', 404, 404, 404, 403, 401),
  row('GET openapi.json', 'public', 200, 200, 200, 200, 200),
];
