// What a decision costs: the evaluator as it is in the core, asked about one thing, and about every container there is.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ms, percentile } from '../measure.mjs';
import { ROOT } from '../panel.mjs';

const CONTAINERS = 10_000;
const ROUNDS = 50;
const WARM_UP = 10;
const TENANT = 'ten_aaaaaaaaaaaaaaaa';
const PERSON = 'usr_aaaaaaaaaaaaaaaa';
const TEAMS = ['tea_aaaaaaaaaaaaaaaa', 'tea_bbbbbbbbbbbbbbbb', 'tea_cccccccccccccccc'];
const ASKED = ['containers.see', 'containers.start', 'containers.delete', 'containers.inspect', 'files.read'];

export async function access() {
  const core = await evaluator();
  const one = person(core, 200);
  const many = person(core, 1000);
  const see = (actor) => containers.filter((target) => core.allows(actor, 'containers.see', target)).length;
  const decisions = measured(() => {
    for (const [n, target] of containers.entries()) core.allows(one.actor(), ASKED[n % ASKED.length], target);
  });
  const explained = measured(() => {
    for (const [n, target] of containers.entries()) core.decide(one.actor(), ASKED[n % ASKED.length], target);
  });
  const filtered = measured(() => see(many.actor()));
  const compiled = measured(() => see(many.compiled()));
  return [
    {
      what: 'One decision for somebody with 200 grants · with its whole explanation, p50',
      ours: `${each(decisions)} · ${each(explained)}`,
      raw: '—',
      aim: '≤ 5 µs',
    },
    {
      what: `${CONTAINERS.toLocaleString('en-GB')} containers filtered for somebody with 1,000 grants · with what was handed on worked out first, p50`,
      ours: `${ms(percentile(filtered, 0.5))} · ${ms(percentile(compiled, 0.5))}`,
      raw: '—',
      aim: '≤ 10 ms',
    },
  ];
}

const each = (rounds) => `${((percentile(rounds, 0.5) * 1000) / CONTAINERS).toFixed(2)} µs`;

/** Milliseconds of each round, warm. */
function measured(work) {
  const times = [];
  for (let n = 0; n < WARM_UP + ROUNDS; n++) {
    const startedAt = performance.now();
    work();
    if (n >= WARM_UP) times.push(performance.now() - startedAt);
  }
  return times;
}

const idOf = (noun, n) => `${noun}_${String(n).padStart(16, '0')}`;

/** On ten environments, in stacks of ten and projects of fifty; every seventh is nobody's. */
const containers = Array.from({ length: CONTAINERS }, (_, n) => ({
  id: idOf('ct', n),
  tenantId: TENANT,
  ownerId: n % 7 === 0 ? null : idOf('usr', n % 20),
  stack: `${idOf('env', n % 10)}/stack-${Math.floor(n / 10)}`,
  projectId: idOf('prj', n % 200),
  environmentId: idOf('env', n % 10),
  managed: n % 3 !== 0,
}));

/** Somebody in three teams, and so many grants to them: most on single containers, every fourth with exceptions. */
function person({ toStanding, BUILT_IN_ROLES }, count) {
  const roles = Object.keys(BUILT_IN_ROLES);
  const grants = Array.from({ length: count }, (_, n) => ({
    id: idOf('gr', n),
    tenantId: TENANT,
    principal: n % 2 === 0 ? { kind: 'user', id: PERSON } : { kind: 'team', id: TEAMS[n % TEAMS.length] },
    target: targetOf(n),
    role: n % 5 === 0 ? null : roles[n % roles.length],
    allow: new Set(n % 4 === 0 ? ['containers.inspect'] : []),
    deny: new Set(n % 4 === 1 ? ['containers.delete'] : []),
    lent: n % 50 === 0 ? [{ capability: 'files.read', untilMs: 5000 }] : [],
    expiresAtMs: n % 3 === 0 ? 2000 : null,
  }));
  const byId = (items) => new Map(items.map((item) => [item.id, item]));
  const state = {
    roles: new Map(Object.entries(BUILT_IN_ROLES).map(([name, capabilities]) => [name, new Set(capabilities)])),
    teams: byId(TEAMS.map((id, priority) => ({ id, tenantId: TENANT, priority, members: new Set([PERSON]) }))),
    grants: byId(grants),
    exceptions: new Map(),
    projects: byId(
      Array.from({ length: 200 }, (_, n) => ({ id: idOf('prj', n), defaultRole: 'observer', archived: n % 10 === 0 })),
    ),
  };
  const holder = { userId: PERSON, tenantId: TENANT, roleTag: 'user', platformRole: 'member' };
  const rest = { ...holder, credential: 'cookie', active: true, twoFactorMissing: false };
  const compiled = () => ({ ...rest, standing: toStanding(state, holder, 1000, 'v') });
  const known = compiled();
  return { actor: () => known, compiled };
}

function targetOf(n) {
  if (n % 10 < 6) return { kind: 'container', id: containers[(n * 7) % CONTAINERS].id };
  if (n % 10 < 8) return { kind: 'stack', id: containers[(n * 7) % CONTAINERS].stack };
  if (n % 10 < 9) return { kind: 'project', id: idOf('prj', n % 200) };
  return n % 20 < 10 ? { kind: 'environment', id: idOf('env', n % 10) } : { kind: 'project', id: idOf('prj', n % 50) };
}

/** The core is one file that starts itself: what decides is bundled alone, by the same bundler. */
async function evaluator() {
  const core = path.join(ROOT, 'apps', 'core');
  const { build } = createRequire(path.join(core, 'package.json'))('esbuild');
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
  const outfile = path.join(folder, 'access.mjs');
  const contents = `
    export { allows, decide } from './src/foundation/access/access.rules.ts';
    export { toStanding } from './src/foundation/access/standing.rules.ts';
    export { BUILT_IN_ROLES } from '@bailiwick/contract';`;
  try {
    await build({
      stdin: { contents, resolveDir: core, loader: 'ts' },
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
    });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
