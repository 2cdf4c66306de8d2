import { Capability } from './capabilities.ts';

/** The eight switches of the older panels and what each stands for here. */
export const FLAGS = {
  allow_explorer: ['files.list', 'files.read', 'files.download'],
  allow_root_explorer: ['files.root'],
  allow_console: ['containers.console'],
  allow_shell: ['containers.run'],
  allow_settings: ['containers.start', 'containers.stop', 'containers.restart', 'containers.settingsSee'],
  allow_edit_files: ['files.write', 'files.delete', 'files.chmod'],
  allow_edit_startup: ['containers.settingsStartup', 'containers.settingsRestart'],
  allow_edit_ports: ['containers.settingsPorts'],
} as const satisfies Readonly<Record<string, readonly Capability[]>>;
export type Flag = keyof typeof FLAGS;

/** In the order of the flags; what each role tag means where nothing else is said. */
export const FLAG_DEFAULTS: Readonly<Record<string, readonly boolean[]>> = {
  //          explorer root console shell settings files startup ports
  user: [true, false, true, false, false, false, false, false],
  moderator: [true, false, true, true, true, false, true, true],
  developer: [true, false, true, true, true, true, true, true],
  tester: [true, false, true, false, false, false, false, false],
  admin: [true, true, true, true, true, true, true, true],
};

/** Whoever was given a thing at all may look at it. */
const SEES: readonly Capability[] = [
  'containers.see',
  'containers.logs',
  'containers.stats',
  'containers.activity',
  'operations.see',
  'projects.see',
  'apps.see',
  'apps.logs',
  'machines.see',
  'machines.screenshot',
];

const byFlags = (tag: string): Capability[] =>
  Object.values(FLAGS).flatMap((capabilities, position) => (FLAG_DEFAULTS[tag]?.[position] ? capabilities : []));

const OPERATES: readonly Capability[] = [
  ...SEES,
  'containers.logsDownload',
  'containers.settingsSee',
  'containers.start',
  'containers.stop',
  'containers.restart',
  'containers.pause',
  'containers.kill',
  'operations.cancel',
  'operations.retry',
  'machines.start',
  'machines.stop',
];
const DEVELOPS: readonly Capability[] = [
  ...OPERATES,
  ...byFlags('developer'),
  'containers.shell',
  'containers.rename',
  'containers.settingsEnv',
  'containers.settingsRestart',
  'containers.settingsImage',
  'machines.connect',
  'machines.credentialsSee',
  'machines.rename',
  'apps.deploy',
  'apps.update',
];
/** All a thing's own people need; what speaks of its host, and becoming root in it, is granted by name. */
const MAINTAINS: readonly Capability[] = [
  ...DEVELOPS,
  ...byFlags('admin'),
  'containers.settingsSecrets',
  'containers.settingsResources',
  'containers.recreate',
  'containers.delete',
  'containers.manageAccess',
  'projects.update',
  'projects.link',
  'machines.credentialsCreate',
  'machines.credentialsRevoke',
  'machines.duplicate',
  'machines.recover',
  'machines.delete',
  'apps.delete',
];

const inOrder = (capabilities: readonly Capability[]): Capability[] =>
  Capability.options.filter((capability) => capabilities.includes(capability));

/** The roles every panel has. They cannot be changed; copies of them can. */
export const BUILT_IN_ROLES: Readonly<Record<string, readonly Capability[]>> = {
  none: [],
  observer: inOrder(SEES),
  operator: inOrder(OPERATES),
  developer: inOrder(DEVELOPS),
  maintainer: inOrder(MAINTAINS),
  user: inOrder([...SEES, ...byFlags('user')]),
  moderator: inOrder([...SEES, ...byFlags('moderator')]),
  tester: inOrder([...SEES, ...byFlags('tester')]),
  admin: inOrder(MAINTAINS),
};

/** Gives nothing by itself: only what is chosen one by one. */
export const NO_ROLE = 'none';
/** What somebody is where they carry no role of their own. */
export const DEFAULT_ROLE = 'user';

/** The policies of the older machine panel: the capability each one is here, or why it is none. */
export const POLICIES: Readonly<Record<string, readonly Capability[] | 'administrator' | 'refused'>> = {
  'distribox:admin': 'administrator',
  'auth:me:get': ['account.see'],
  'auth:changePassword': ['account.manage'],
  'host:get': ['environments.metrics'],
  'images:get': ['images.see'],
  'policies:get': ['roles.see'],
  'users:get': ['people.see'],
  'users:create': ['people.create'],
  'users:updatePolicies': ['containers.manageAccess'],
  'users:delete': ['people.delete'],
  // A password that can be read back is no password: nobody may, whatever they hold.
  'users:getPassword': 'refused',
  'vms:get': ['machines.see'],
  'vms:getById': ['machines.see'],
  'vms:create': ['machines.create'],
  'vms:start': ['machines.start'],
  'vms:stop': ['machines.stop'],
  'vms:rename': ['machines.rename'],
  'vms:connect': ['machines.connect'],
  'vms:credentials:create': ['machines.credentialsCreate'],
  'vms:credentials:list': ['machines.credentialsSee'],
  'vms:credentials:getById': ['machines.credentialsSee'],
  'vms:credentials:revoke': ['machines.credentialsRevoke'],
  'vms:delete': ['machines.delete'],
  'vms:screenshot': ['machines.screenshot'],
  'vms:duplicate': ['machines.duplicate'],
  'vms:getRecoverableVms': ['machines.recover'],
  'vms:recoverVmById': ['machines.recover'],
  'vms:cleanRecoverableVmById': ['machines.delete'],
  'vms:cleanAllRecoverableVms': ['machines.delete'],
  'events:get': ['bundles.see'],
  'events:getById': ['bundles.see'],
  'events:create': ['bundles.create'],
  'events:update': ['bundles.update'],
  'events:delete': ['bundles.delete'],
  'slaves:get': ['environments.see'],
  'slaves:getById': ['environments.see'],
  'slaves:create': ['environments.create'],
  'slaves:delete': ['environments.delete'],
};

/** The keys of the older security centre. Its risks are those of the capabilities here. */
export const SECURITY_KEYS: Readonly<Record<string, readonly Capability[]>> = {
  'users.read': ['people.see'],
  'users.write': ['people.create', 'people.update', 'people.delete'],
  'roles.read': ['roles.see'],
  'roles.write': ['roles.update'],
  'permissions.write': ['containers.manageAccess'],
  'groups.read': ['teams.see'],
  'groups.write': ['teams.create', 'teams.update', 'teams.delete'],
  'containers.access.read': ['access.explain'],
  'containers.access.write': ['containers.manageAccess'],
  'audit.read': ['audit.see'],
  'audit.export': ['audit.export'],
  'connections.read': ['audit.see'],
};
