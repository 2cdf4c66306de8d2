// One violation per rule: where it is written, and the line that breaks the rule.

const core = 'apps/core/src';
const gui = 'apps/gui/src';
const uses = (target) => `import * as seeded from '${target}';\nexport const used = seeded;\n`;
const own = (name) => `export const ${name} = 1;\n`;

/** Files the seeds point at; they break nothing by themselves. */
export const targets = {
  [`${core}/features/seeded/seeded.service.ts`]: own('service'),
  [`${core}/features/seeded/seeded.store.ts`]: own('store'),
  [`${core}/features/seeded/seeded.controller.ts`]: own('controller'),
  [`${core}/features/seeded/seeded.module.ts`]: own('wiring'),
  [`${core}/foundation/identity/seeded.service.ts`]: own('service'),
  [`${core}/foundation/audit/seeded.service.ts`]: own('service'),
  [`${core}/foundation/operations/seeded.service.ts`]: own('service'),
  [`${gui}/app/seeded/page.tsx`]: own('page'),
  [`${gui}/features/seeded/seeded.tsx`]: own('screen'),
  [`${gui}/lib/seeded-place.ts`]: own('place'),
  [`${core}/kernel/seeded.spec.ts`]: own('spec'),
  [`${core}/kernel/seeded-partner.ts`]: uses('./seed-x.js'),
  [`${core}/kernel/helpers.ts`]: own('nameless'),
};

/** Rule of the dependency check -> [file, source] that breaks it. */
export const arrows = {
  'kernel-knows-no-product': [`${core}/kernel/seed-a.ts`, uses('../features/seeded/seeded.service.js')],
  'foundation-not-features': [`${core}/foundation/access/seed-b.ts`, uses('../../features/seeded/seeded.service.js')],
  'features-not-the-root': [`${core}/features/seed-c/seed-c.service.ts`, uses('../../app.module.js')],
  'features-meet-in-services': [`${core}/features/seed-d/seed-d.service.ts`, uses('../seeded/seeded.store.js')],
  'features-import-modules-in-modules': [
    `${core}/features/seed-e/seed-e.service.ts`,
    uses('../seeded/seeded.module.js'),
  ],
  'access-is-the-lowest': [`${core}/foundation/access/seed-f.ts`, uses('../identity/seeded.service.js')],
  'identity-below-audit': [`${core}/foundation/identity/seed-g.ts`, uses('../audit/seeded.service.js')],
  'audit-below-work': [`${core}/foundation/audit/seed-h.ts`, uses('../operations/seeded.service.js')],
  'controllers-ask-services': [`${core}/features/seeded/seed-i.controller.ts`, uses('./seeded.store.js')],
  'services-below-controllers': [`${core}/features/seeded/seed-j.service.ts`, uses('./seeded.controller.js')],
  'stores-decide-nothing': [`${core}/features/seeded/seed-k.store.ts`, uses('./seeded.service.js')],
  'rules-are-pure': [`${core}/features/seeded/seed-l.rules.ts`, uses('node:fs')],
  'dockerode-in-one-file': [`${core}/features/seeded/seed-m.service.ts`, uses('dockerode')],
  'sqlite-in-the-database-kernel': [`${core}/features/seeded/seed-n.store.ts`, uses('better-sqlite3')],
  'gui-not-core': [`${gui}/lib/seed-o.ts`, uses('../../../core/src/features/seeded/seeded.service')],
  'core-not-gui': [`${core}/kernel/seed-p.ts`, uses('../../../gui/src/lib/seeded-place.js')],
  'sdk-stands-alone': ['sdk/src/seed-sdk.ts', uses('../../apps/core/src/features/seeded/seeded.service.js')],
  'contract-stands-alone': ['contract/src/seed-q.ts', uses('node:path')],
  'ui-imports-nothing-of-ours': [`${gui}/ui/seed-r.ts`, uses('../lib/seeded-place')],
  'lib-below-features': [`${gui}/lib/seed-s.ts`, uses('../features/seeded/seeded')],
  'gui-features-not-app': [`${gui}/features/seeded/seed-t.ts`, uses('../../app/seeded/page')],
  'features-are-flat': [`${core}/features/seeded/inner/seed-u.ts`, uses('../seeded.service.js')],
  'no-nameless-files': [`${core}/kernel/seed-v.ts`, uses('./helpers.js')],
  'product-not-tests': [`${core}/kernel/seed-w.ts`, uses('./seeded.spec.js')],
  'no-cycles': [`${core}/kernel/seed-x.ts`, uses('./seeded-partner.js')],
  resolvable: [`${core}/kernel/seed-y.ts`, uses('./seed-that-is-not-there.js')],
};

/** Name -> [rule of the linter, file, source]; the linter must report that rule in that file. */
export const lint = {
  'randomness outside the kernel': [
    'no-restricted-syntax',
    `${core}/kernel/lint-a.ts`,
    'export const n = Math.random();\n',
  ],
  'the environment outside config.ts': [
    'no-restricted-syntax',
    `${core}/kernel/lint-b.ts`,
    "export const home = process.env['HOME'];\n",
  ],
  'a clock in rules': [
    'no-restricted-syntax',
    `${core}/kernel/lint-c.rules.ts`,
    'export const now = () => Date.now();\n',
  ],
  'an await in rules': [
    'no-restricted-syntax',
    `${core}/kernel/lint-d.rules.ts`,
    'export const wait = async () => { await Promise.resolve(); };\n',
  ],
  any: [
    '@typescript-eslint/no-explicit-any',
    `${core}/kernel/lint-e.ts`,
    'export const loose = (value: any): void => void value;\n',
  ],
  'a bang': [
    '@typescript-eslint/no-non-null-assertion',
    `${core}/kernel/lint-f.ts`,
    'export const sure = (value?: string): string => value!;\n',
  ],
  'a promise nobody waits for': [
    '@typescript-eslint/no-floating-promises',
    `${core}/kernel/lint-g.ts`,
    'export const lost = (work: () => Promise<void>): void => { work(); };\n',
  ],
  'a type imported as a value': [
    '@typescript-eslint/consistent-type-imports',
    `${core}/kernel/lint-h.ts`,
    "import { Server } from 'node:http';\nexport const of = (server: Server): Server => server;\n",
  ],
  'raw HTML': [
    'no-restricted-syntax',
    `${gui}/lib/lint-i.tsx`,
    "export const Raw = () => <p dangerouslySetInnerHTML={{ __html: '' }} />;\n",
  ],
  'physical spacing': [
    'no-restricted-syntax',
    `${gui}/lib/lint-j.tsx`,
    'export const Left = () => <p className="flex ml-2" />;\n',
  ],
  'a raw colour': [
    'no-restricted-syntax',
    `${gui}/lib/lint-k.tsx`,
    'export const Red = () => <p className="bg-[#ff0000]" />;\n',
  ],
  'literal text': ['no-restricted-syntax', `${gui}/lib/lint-l.tsx`, 'export const Said = () => <p>Hello</p>;\n'],
  'a literal label': [
    'no-restricted-syntax',
    `${gui}/lib/lint-m.tsx`,
    'export const Named = () => <p aria-label="Close" />;\n',
  ],
  'a hook in a condition': [
    'react-hooks/rules-of-hooks',
    `${gui}/lib/lint-n.tsx`,
    "import { useState } from 'react';\nexport function Maybe({ on }: { on: boolean }) {\n  if (on) useState(0);\n  return null;\n}\n",
  ],
};
