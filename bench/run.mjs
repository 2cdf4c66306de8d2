// `npm run bench`: one table for this machine, each figure beside the raw engine on the same work in the same run.
import { cpus, totalmem } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { access } from './cases/access.mjs';
import { charts } from './cases/charts.mjs';
import { connections } from './cases/connections.mjs';
import { deploys } from './cases/deploys.mjs';
import { files } from './cases/files.mjs';
import { idle } from './cases/idle.mjs';
import { lifecycle } from './cases/lifecycle.mjs';
import { lists } from './cases/lists.mjs';
import { eventLatency, fanOut } from './cases/live.mjs';
import { logs } from './cases/logs.mjs';
import { people } from './cases/people.mjs';
import { plugins } from './cases/plugins.mjs';
import { sampling } from './cases/sampling.mjs';
import { sizes } from './cases/sizes.mjs';
import { terminals } from './cases/terminals.mjs';
import { transfer } from './cases/transfer.mjs';
import { call, create, inParallel, removeOurs, start } from './engine.mjs';
import { ROOT, startPanel } from './panel.mjs';

const IMAGE = process.env.BENCH_IMAGE ?? 'bailiwick-test:busybox';
const PRESET = {
  name: 'bench-sleep',
  title: 'Bench',
  description: 'Sleeps.',
  categories: ['tool'],
  config: { image: IMAGE, command: ['sleep', '600'], memoryBytes: 33554432, cpus: 0.5, restart: 'no' },
};

/** What stands between the two marks in docs/benchmarks.md is written by this run. */
const MARK = '<!-- measured -->';

const rows = [];
const add = (list) => {
  for (const row of list) {
    rows.push(row);
    console.log(`${row.what}: ${row.ours}${row.raw === '—' ? '' : ` (raw engine: ${row.raw})`}`);
  }
};

const version = await call('GET', '/version');
const others = (await call('GET', '/containers/json?all=1')) ?? [];
console.log(`engine ${version.Version}, ${others.length} containers before us`);
const panel = await startPanel({ presets: [PRESET] });
const context = { panel, image: IMAGE, preset: PRESET.name, presets: [PRESET], containers: 500 };
try {
  add(await sizes());
  add([
    {
      what: 'Start to first 200, core · GUI',
      ours: `${panel.core.startMs} ms · ${panel.gui.startMs} ms`,
      raw: '—',
      aim: 'core ≤ 600 ms',
      claim: 'GhostPanel: < 1 s',
    },
  ]);
  add(await idle(context, 'no containers of ours'));
  add(await eventLatency(context));
  add(await lifecycle(context));
  add(await logs(context));
  add(await terminals(context));
  add(await transfer(context));
  add(await connections(context));
  let made = others.length;
  for (const size of [10, 100, 500]) {
    const missing = Array(Math.max(0, size - made)).fill(0);
    await inParallel(missing, async () => start(await create(IMAGE, ['sleep', '3600'])));
    made += missing.length;
    await settled(size);
    add(await lists(context, size));
  }
  add(await fanOut(context));
} finally {
  console.log(`removing ${await removeOurs()} containers`);
  await panel.stop();
}
add(await deploys(context));
add(await files(context));
add(await plugins(context));
try {
  add(await sampling(context));
  await removeOurs();
  add(await charts(context));
} finally {
  await removeOurs();
}
add(await people());
add(await access());
publish();

async function settled(size) {
  for (;;) {
    const { items } = JSON.parse((await panel.request('GET', '/containers')).text);
    if (items.length >= size) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function publish() {
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, Docker Engine ${version.Version} (${version.Os}, kernel ${version.KernelVersion})`;
  const table = [
    '| what | Bailiwick | raw engine, same work | aim | claimed elsewhere |',
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.what} | ${row.ours} | ${row.raw} | ${row.aim ?? ''} | ${row.claim ?? ''} |`),
  ].join('\n');
  const file = path.join(ROOT, 'docs', 'benchmarks.md');
  const [before, , after] = readFileSync(file, 'utf8').split(MARK);
  const measured = `\n\nMeasured ${new Date().toISOString().slice(0, 10)} on ${machine}.\n\n${table}\n\n`;
  writeFileSync(file, [before, measured, after].join(MARK));
  console.log(`\n${machine}\n\n${table}\n\nwritten to docs/benchmarks.md`);
}
