/**
 * `npm test` ends within 25 minutes on two cores; these run with `--deep` alone. Each takes long for what it adds to what
 * stays beside it: the same promise at its first and its worst case.
 */
const specs = (folder, ending, names) => names.map((name) => `${folder}/${name}\\.${ending}\\.ts$`);

export const SELDOM = {
  // The crash matrix, the races and each feature's own spec stay.
  core: [
    ...specs('test/faults', 'spec', ['channels\\.faults', 'mail\\.faults', 'move\\.faults', 'random-schedules']),
    ...specs('test/http', 'http\\.spec', [
      'archives',
      'background-commands',
      'explain-table',
      'logs-follow',
      'passkeys',
      'password-resets',
      'programs',
      'uploads-full',
    ]),
  ],
  // Each stands on what `containers`, `deploy`, `recreate`, `logs` and `terminals` prove on the same engine.
  engine: specs('test/engine', 'engine\\.spec', [
    'background-commands',
    'duplicate',
    'flags',
    'kept-logs',
    'networks',
    'preset-update',
    'self-service',
  ]),
  // A core that is killed while it deploys and while it deletes stays.
  crashes: ['makes anew', 'unpacks and packs'],
  // What stays looks at every page in both modes and at 390 px, and goes the ways of owner, delegate and stranger.
  browser: specs('gui/test', 'browser\\.spec', [
    'access-faces',
    'access-range',
    'access-tokens',
    'account',
    'advice',
    'bin',
    'channels',
    'console',
    'deploy-image',
    'drafts',
    'engine-events',
    'layers',
    'mail',
    'passkeys',
    'people',
    'ports',
    'presets',
    'projects',
    'providers',
    'quotas',
    'recordings',
    'roles',
    'silences',
    'staff',
    'teams',
    'toolbox',
    'volumes',
  ]),
  // Files are proved through the API on the same engine.
  browserOnEngine: specs('gui/test', 'engine\\.spec', [
    'archives',
    'commands',
    'file-searches',
    'file-views',
    'files',
    'upload-tree',
  ]),
};

/** Where one SQL and another could differ most; `--deep` runs every HTTP spec that rests on a database. */
export const ON_POSTGRES = [
  '\\.store\\.spec\\.ts$',
  'src/kernel/database/',
  ...specs('test/http', 'http\\.spec', [
    'access-requests',
    'alerts',
    'audit',
    'audit-export',
    'audit-filters',
    'audit-retention',
    'configurations',
    'connections',
    'dashboards',
    'deployments',
    'grants',
    'invitations',
    'operations',
    'people',
    'pins',
    'projects',
    'quotas',
    'setup',
    'sign-in',
    'silences',
    'teams',
    'tokens',
    'volumes',
  ]),
];
