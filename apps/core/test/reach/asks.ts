import { NO_QUOTA } from '@bailiwick/contract';
import type { Noun } from './things.js';

/** Whom and what an ask is about. */
export interface About {
  /** What it names. */
  readonly id: string;
  /** Who asks. */
  readonly asker: string;
  /** Somebody in the tenant of the thing, who has nothing yet. */
  readonly guest: string;
}

/** How a route is asked so that the answer is about access and not about the body. */
export interface Ask {
  /** Whose noun is no segment before the id, or which names its thing elsewhere than in the path. */
  readonly noun?: Noun;
  readonly query?: (about: About) => Record<string, string>;
  readonly body?: (about: About) => object;
  /** The proof is asked for before the thing is looked for: here it was given. */
  readonly proved?: true;
}

const PASSWORD = 'correct horse battery';
const SECRET = 'A'.repeat(43);
const TOKEN = { refreshToken: 'none' };
const NAMED = { username: 'nobody', password: PASSWORD };
const RESET = `usr_aaaaaaaaaaaaaaaa.${SECRET}`;
const INVITED = `ten_aaaaaaaaaaaaaaaa.inv_aaaaaaaaaaaaaaaa.${SECRET}`;
const SIGNED = {
  id: 'AAAA',
  rawId: 'AAAA',
  type: 'public-key',
  clientExtensionResults: {},
  response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' },
};
const MADE = { ...SIGNED, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } };
const aPreset = (name: string) => ({
  name,
  title: 'Made by an ask',
  description: 'Made by an ask.',
  categories: ['tool'],
  config: { image: 'busybox:local', memoryBytes: 32 * 1024 ** 2, cpus: 0.5 },
});
/** Nobody listens there, and the core would not go there. */
const TO_NOBODY = { kind: 'slack', url: 'http://127.0.0.1:9/hook' };
const NO_CONTAINER = { ids: ['ct_aaaaaaaaaaaaaaaa'] };

let made = 0;
const fresh = (what: string): string => `${what}${(made += 1)}`;
const says = (body: object): Ask => ({ body: () => body });
const aChange = ({ id, guest }: About) => ({
  changes: [
    { op: 'grant', principal: { kind: 'user', id: guest }, target: { kind: 'container', id }, role: 'observer', version: 0 }, // prettier-ignore
  ],
});

export const ASKS: Readonly<Record<string, Ask>> = {
  'POST setup': says({ token: 'none', username: 'nobody', displayName: 'Nobody', password: PASSWORD }),
  'POST sign-in': says(NAMED),
  'POST sign-in/two-factor': says({ code: '000000', challenge: 'none' }),
  'POST sign-in/passkey': says({ passkey: SIGNED }),
  'POST sign-in/two-factor/passkey-request': says({ challenge: 'none' }),
  'POST token': says(NAMED),
  'POST token/two-factor': says({ code: '000000', challenge: 'none' }),
  'POST token/refresh': says(TOKEN),
  'POST token/revoke': says(TOKEN),
  'POST password-resets': says({ name: 'nobody' }),
  'POST password-resets/code': says({ name: 'nobody', code: '000000' }),
  'POST password-resets/look': says({ token: RESET }),
  'POST password-resets/complete': says({ token: RESET, password: PASSWORD }),
  'POST invitations/look': says({ token: INVITED }),
  'POST invitations/accept': says({ token: INVITED, username: 'nobody', displayName: 'Nobody', password: PASSWORD }),

  'PUT me/appearance': says({ theme: 'tide', mode: 'dark', density: 'compact', motion: 'system' }),
  'PATCH me': says({ displayName: 'Somebody' }),
  'PUT me/password': says({ current: 'not that', password: PASSWORD }),
  'POST me/step-up': says({ password: 'not that' }),
  'POST me/two-factor/confirm': says({ code: '000000' }),
  'POST me/two-factor/recovery-codes': says({ code: '000000' }),
  'DELETE me/two-factor': says({ code: '000000' }),
  'POST me/passkeys': says({ name: 'Phone', passkey: MADE }),
  'PATCH me/passkeys/:id': says({ name: 'Other phone' }),
  'DELETE me/passkeys/:id': { proved: true },
  'PUT me/pins': says({ containers: [] }),
  'POST me/dashboards': says({ name: 'Mine', widgets: [], shared: false }),
  'PUT me/dashboards/:id': says({ version: 1, name: 'Mine', widgets: [], shared: false }),
  'POST me/drafts': says({ preset: null, title: 'Mine', name: 'mine', content: {} }),
  'PUT me/drafts/:id': says({ version: 1, name: 'mine', content: {} }),
  'PUT me/drafts/:id/people': says({ people: [] }),
  'POST me/tokens': says({ name: 'mine', capabilities: ['containers.see'] }),

  'POST users': { body: () => ({ username: fresh('new'), displayName: 'New' }) },
  'POST users/import': says({ csv: 'username\nlater\n' }),
  'PATCH users/:id': says({ displayName: 'Renamed' }),
  'POST users/:id/move': says({ platformRole: 'viewer' }),
  'DELETE users/:id/tokens/:token': { noun: 'userTokens' },
  'POST invitations': { body: () => ({ email: `${fresh('new')}@example.test` }) },
  'POST settings/mail/test': says({ to: 'somebody@example.test' }),
  'POST settings/channels': { body: () => ({ name: fresh('channel'), settings: TO_NOBODY }) },
  'PUT settings/channels/:id': { proved: true, body: () => ({ name: fresh('channel'), settings: TO_NOBODY }) },
  'DELETE settings/channels/:id': { proved: true },
  'POST settings/channels/:id/test': { proved: true },
  'PUT plugins/:id/consent': { proved: true, body: () => ({ scopes: [] }) },
  'PUT plugins/:id/settings': { proved: true, body: () => ({ values: {} }) },
  'POST plugins/:id/actions/:action': { noun: 'pluginActions', proved: true },
  'POST plugins/:id/start': { proved: true },
  'POST plugins/:id/stop': { proved: true },
  'POST plugins/:id/restart': { proved: true },
  'PUT settings/two-factor': says({ requiredFor: [] }),
  'PUT settings/alert-rules': says({ rule: 'host_cpu', on: true }),
  'POST tenants': { body: () => ({ slug: fresh('new'), name: 'New' }) },
  'POST tenants/:id/channels': { proved: true, body: () => ({ name: fresh('channel'), settings: TO_NOBODY }) },
  'PUT tenants/:id/channels/:channel': {
    noun: 'tenantChannels',
    proved: true,
    body: () => ({ name: fresh('channel'), settings: TO_NOBODY }),
  },
  'DELETE tenants/:id/channels/:channel': { noun: 'tenantChannels', proved: true },
  'POST tenants/:id/channels/:channel/test': { noun: 'tenantChannels', proved: true },
  'PUT tenants/:id/name': { body: () => ({ name: fresh('Tenant ') }) },
  'PUT roles/:name': says({ description: 'As before' }),
  'POST audit/exports': says({ format: 'csv' }),
  'GET audit/exports/:id': { noun: 'exports' },
  'GET quotas/:id': { noun: 'users' },
  'PUT quotas/:id': { noun: 'users', body: () => NO_QUOTA },
  'POST teams': { body: () => ({ name: fresh('New ') }) },
  'PATCH teams/:id': { body: () => ({ name: fresh('Otherwise ') }) },

  'POST containers/:id/stop': says({ timeoutSeconds: 1 }),
  'POST containers/:id/restart': says({ timeoutSeconds: 1 }),
  'PUT containers/:id/name': { body: () => ({ name: fresh('renamed-') }) },
  'DELETE containers/:id': says({ force: true }),
  // There, a volume is called as its id.
  'DELETE volumes/:id': { body: ({ id }) => ({ confirmName: id }) },
  'PUT containers/:id/settings': says({ startupCommand: 'sleep 9' }),
  'POST bin/:id/restore': says({}),
  'DELETE bin/:id': { body: ({ id }) => ({ confirmName: id }), proved: true },
  'POST containers/:id/adopt': says({}),
  'PUT containers/:id/configuration': says({ change: { pids: 64 } }),
  'POST containers/:id/configuration/reveal': says({ name: 'MODE' }),
  'PUT containers/:id/thresholds': says({ rule: 'container_cpu', threshold: { percent: 50, durationMs: 60_000 } }),
  'PUT containers/:id/restart-policy': says({ name: 'no' }),
  'DELETE containers/:id/terminals/:terminal': { noun: 'terminals' },
  'POST containers/:id/background-commands': says({ command: 'ls' }),
  'GET containers/:id/background-commands/:command/log': { noun: 'commands' },
  'DELETE containers/:id/background-commands/:command': { noun: 'commands' },
  'POST containers/:id/run': says({ command: 'ls' }),
  'POST containers/:id/console': says({ line: 'list' }),
  'GET kept-logs/:id/matches': { query: () => ({ q: 'a', before: 'aaaaaaaaaaaa.1.0.a' }) },
  'GET containers/:id/logs/matches': { query: () => ({ q: 'a', before: 'aaaaaaaaaaaa.1.0.a' }) },
  'GET containers/:id/files': { query: () => ({ path: '/data' }) },
  'GET containers/:id/files/content': { query: () => ({ path: '/data/a.txt' }) },
  'GET containers/:id/files/searches': { query: () => ({ path: '/data', text: 'a' }) },
  'GET containers/:id/files/download': { query: () => ({ path: '/data/a.txt' }) },
  'PUT containers/:id/files/content': says({ path: '/data/a.txt', text: 'a' }),
  'POST containers/:id/files/folders': { body: () => ({ path: `/data/${fresh('folder')}` }) },
  'POST containers/:id/files/move': { body: () => ({ from: '/data/a.txt', to: `/data/${fresh('moved')}` }) },
  'POST containers/:id/files/copy': { body: () => ({ from: '/data/a.txt', to: `/data/${fresh('copy')}` }) },
  'GET containers/:id/files/archive': { query: () => ({ path: '/data/a.txt' }) },
  'POST containers/:id/files/unpack': says({ path: '/data/a.txt', into: '/data' }),
  'POST containers/:id/files/pack': says({ folder: '/data', names: ['a.txt'], to: '/data/a.zip' }),
  'GET containers/:id/files/uploads/:upload': { noun: 'uploads' },
  'PATCH containers/:id/files/uploads/:upload': { noun: 'uploads' },
  'DELETE containers/:id/files/uploads/:upload': { noun: 'uploads' },
  'DELETE containers/:id/files': { query: () => ({ path: '/data/a.txt' }) },
  'GET containers/:id/files/deleted': { query: () => ({ path: '/data' }) },
  'POST containers/:id/files/deleted/put-back': says({ path: '/data/a.txt', key: '1-000000000000-1' }),
  'PUT containers/:id/files/mode': says({ path: '/data/a.txt', mode: '600' }),
  'POST containers/bulk': says({ action: 'start', ...NO_CONTAINER }),
  'POST presets': { body: () => aPreset(fresh('preset-')) },
  'POST presets/import': says({ document: aPreset('imported') }),
  // Of a version nobody has: refused for that, and nothing is lost.
  'PUT presets/:name': { body: ({ id }) => ({ preset: aPreset(id), version: 'none' }) },
  'DELETE presets/:name': says({ version: 'none' }),
  'POST deployments/review': { body: () => ({ preset: 'web', name: fresh('web-') }) },
  'POST deployments': { noun: 'projects', body: ({ id }) => ({ preset: 'web', name: fresh('web-'), project: id }) },
  'GET ports/free': { query: () => ({ after: '20000' }) },
  'POST deployments/read': says({ text: 'docker run nginx:1' }),
  'POST containers': { body: () => ({ name: fresh('bolt-'), bolt_config: { container: { image: 'busybox:local' } } }) },
  'GET operations/:id/secrets': { noun: 'deployments' },

  'POST projects': { body: () => ({ name: fresh('New ') }) },
  'PATCH projects/:id': { body: () => ({ name: fresh('Otherwise ') }) },
  'POST projects/:id/containers/link': says(NO_CONTAINER),
  'POST projects/:id/containers/unlink': says(NO_CONTAINER),

  'GET access/on': { noun: 'containers', query: ({ id }) => ({ resource: id }) },
  'GET access/principals': { noun: 'containers', query: ({ id }) => ({ resource: id }) },
  'GET access/explain': {
    noun: 'containers',
    query: ({ id, asker }) => ({ principal: asker, resource: id, capability: 'containers.stop' }),
  },
  'GET access/who-can': {
    noun: 'containers',
    query: ({ id }) => ({ resource: id, capability: 'containers.stop' }),
  },
  'GET access/reach': { noun: 'users', query: ({ id }) => ({ principal: id }) },
  'POST access/changes/preview': { noun: 'containers', body: aChange },
  'POST access/changes': { noun: 'containers', body: aChange },
  'POST access/view-as': { noun: 'users', body: ({ id }) => ({ userId: id }) },
  'POST access/requests': {
    noun: 'containers',
    body: ({ id }) => ({
      target: { kind: 'container', id },
      capabilities: ['containers.inspect'],
      reason: 'Look into it.',
    }),
  },
  'POST access/requests/:id/deny': says({ note: 'No.' }),
  'POST alerts/:id/silence': says({ durationMs: 3_600_000 }),
  'POST silences': {
    noun: 'containers',
    body: ({ id }) => ({
      reason: 'Rebuilt today',
      scope: { kind: 'container', id },
      time: { kind: 'for', durationMs: 3_600_000 },
    }),
  },
};
