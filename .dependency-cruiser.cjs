/* The arrows of docs/architecture.md. Each rule is proved by a seeded violation in apps/core/test/arrows. */
const CORE = '^apps/core/src';
const SPEC = '\\.spec\\.tsx?$';

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid(
      'kernel-knows-no-product',
      'The kernel imports nothing above itself.',
      { path: `${CORE}/kernel/` },
      { path: `${CORE}/(foundation|features|main|app\\.module)` },
    ),
    forbid(
      'foundation-not-features',
      'The foundation serves features; needs in the other direction are events or registrations.',
      { path: `${CORE}/foundation/` },
      { path: `${CORE}/(features|main|app\\.module)` },
    ),
    forbid(
      'features-not-the-root',
      'Only main.ts and app.module.ts know the whole.',
      { path: `${CORE}/features/` },
      { path: `${CORE}/(main|app\\.module)` },
    ),
    forbid(
      'features-meet-in-services',
      "A feature uses another feature's service or rules (and its module, to be given the service), nothing else.",
      { path: `${CORE}/features/([^/]+)/`, pathNot: SPEC },
      { path: `${CORE}/features/`, pathNot: [`${CORE}/features/$1/`, '\\.(service|rules|module)\\.ts$'] },
    ),
    forbid(
      'features-import-modules-in-modules',
      "Another feature's module is named in a module file only.",
      { path: `${CORE}/features/([^/]+)/`, pathNot: ['\\.module\\.ts$', SPEC] },
      { path: `${CORE}/features/[^/]+/.+\\.module\\.ts$`, pathNot: `${CORE}/features/$1/` },
    ),
    forbid(
      'access-is-the-lowest',
      'environments, operations, mail -> audit -> identity -> access.',
      { path: `${CORE}/foundation/access/`, pathNot: SPEC },
      { path: `${CORE}/foundation/(identity|audit|mail|operations|environments)/` },
    ),
    forbid(
      'identity-below-audit',
      'environments, operations, mail -> audit -> identity -> access.',
      { path: `${CORE}/foundation/identity/`, pathNot: SPEC },
      { path: `${CORE}/foundation/(audit|mail|operations|environments)/` },
    ),
    forbid(
      'audit-below-work',
      'environments, operations, mail -> audit -> identity -> access.',
      { path: `${CORE}/foundation/audit/`, pathNot: SPEC },
      { path: `${CORE}/foundation/(mail|operations|environments)/` },
    ),
    forbid(
      'controllers-ask-services',
      'A controller or gateway introduces the guests: it never reaches a store, a driver, an engine or the database.',
      { path: '\\.(controller|gateway)\\.ts$' },
      {
        path: `(\\.(store|driver|engine|entity)\\.ts$|${CORE}/kernel/database/|/node_modules/(typeorm|better-sqlite3|pg|dockerode)/)`,
      },
    ),
    forbid(
      'services-below-controllers',
      'Nothing but a module knows a controller or a gateway.',
      { path: CORE, pathNot: ['\\.module\\.ts$', SPEC] },
      { path: '\\.(controller|gateway)\\.ts$' },
    ),
    forbid(
      'stores-decide-nothing',
      'A store turns rows into objects and back; it calls no service.',
      { path: '\\.store\\.ts$' },
      { path: '\\.(service|operation|driver|engine)\\.ts$' },
    ),
    forbid(
      'rules-are-pure',
      'Rules hold no I/O: no framework, no database, no service.',
      { path: '\\.rules\\.ts$' },
      {
        path: [
          '\\.(service|store|driver|engine|operation|controller|gateway|module)\\.ts$',
          `${CORE}/kernel/(database|http|log)`,
          '/node_modules/(@nestjs|typeorm|better-sqlite3|pg|dockerode|socket\\.io|pino)/',
          '^(node:)?(fs|fs/promises|tls|http|https|http2|child_process|worker_threads|timers|timers/promises|dgram|os)$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'dockerode-in-one-file',
      'The engine is spoken to through docker-calls.ts only.',
      {
        path: '^apps/',
        pathNot: [`${CORE}/foundation/environments/docker-calls\\.ts$`, '\\.engine\\.spec\\.ts$', '^apps/[^/]+/test/'],
      },
      { path: '/node_modules/(@types/)?dockerode/' },
    ),
    forbid(
      'sqlite-in-the-database-kernel',
      'The SQLite binding is known to kernel/database only.',
      { path: '^apps/', pathNot: [`${CORE}/kernel/database/`, '^apps/core/test/'] },
      { path: '/node_modules/(@types/)?better-sqlite3/' },
    ),
    forbid(
      'gui-not-core',
      'The panel speaks to the core over HTTP and sockets, in the words of the contract.',
      { path: '^apps/gui/' },
      { path: '^apps/core/' },
    ),
    forbid('core-not-gui', 'The core does not know the panel.', { path: '^apps/core/' }, { path: '^apps/gui/' }),
    forbid(
      'contract-stands-alone',
      'The contract imports zod and itself.',
      { path: '^contract/src/', pathNot: SPEC },
      { pathNot: ['^contract/src/', '/node_modules/zod/'] },
    ),
    forbid(
      'sdk-stands-alone',
      'What plugins are made with is used outside of this repository, where there is neither core nor panel.',
      { path: '^(sdk|plugins)/' },
      { path: '^apps/' },
    ),
    forbid(
      'ui-imports-nothing-of-ours',
      'Primitives know no product word.',
      { path: '^apps/gui/src/ui/', pathNot: SPEC },
      { path: ['^apps/gui/(?!src/ui/)', '^contract/'] },
    ),
    forbid(
      'lib-below-features',
      'gui: app -> features -> ui, lib.',
      { path: '^apps/gui/src/lib/', pathNot: SPEC },
      { path: '^apps/gui/src/(app|features)/' },
    ),
    forbid(
      'gui-features-not-app',
      'A feature never imports a route.',
      { path: '^apps/gui/src/features/' },
      { path: '^apps/gui/src/app/' },
    ),
    forbid(
      'features-are-flat',
      'No folder inside a feature folder.',
      { path: '^apps/(core|gui)/src/features/[^/]+/[^/]+/' },
      {},
    ),
    forbid(
      'no-nameless-files',
      'index, utils, helpers and types name nothing: find the noun.',
      {},
      {
        path: ['/(index|utils?|helpers?|types)\\.tsx?$', '/(utils?|helpers?|interfaces|dto)/'],
        pathNot: 'node_modules',
      },
    ),
    forbid(
      'product-not-tests',
      'What ships imports neither specs nor test code.',
      { path: '^(apps/[^/]+/(src|server)|contract/src)/', pathNot: SPEC },
      { path: ['^apps/[^/]+/test/', SPEC] },
    ),
    forbid(
      'no-cycles',
      'Two files that need each other are one file, or miss a third.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid('resolvable', 'An import that leads nowhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|dist|coverage)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
