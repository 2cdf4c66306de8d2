// What drawing costs the browser: a chart of a day, and a list of many containers of which each changes every second.
import { mkdirSync, openSync, writeSync, closeSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { browserOf } from '../browser.mjs';
import { create, inParallel, start } from '../engine.mjs';
import { ms, percentile, until } from '../measure.mjs';
import { ROOT, startPanel } from '../panel.mjs';

const CONTAINERS = Number(process.env.BENCH_LISTED ?? 300);
const OPENINGS = 10;
const SECONDS = 20;
/** A day of minutes; the third of the tiers. */
const TIER = 2;
const STEP_MS = 60_000;
const STEPS = 1440;
/** What is measured of a container. */
const MEASURES = 8;

/** The rules of the files as the core has them: nobody writes down twice how they look. */
async function fileRules() {
  const { build } = createRequire(path.join(ROOT, 'apps/core/package.json'))('esbuild');
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'apps/core/src/features/metrics/history-file.rules.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** A day in which every minute was measured. */
async function writeDay(storage, id) {
  const { slotOffset, toBytes, toHeader } = await fileRules();
  mkdirSync(path.join(storage, 'metrics'), { recursive: true });
  const file = openSync(path.join(storage, 'metrics', `${id}.metrics`), 'w');
  writeSync(file, toHeader(MEASURES), 0, undefined, 0);
  const last = Math.floor(Date.now() / STEP_MS) - 1;
  for (let at = 0; at < STEPS; at += 1) {
    const values = Array.from({ length: MEASURES }, (_, n) => (n + 1) * (1 + Math.sin(at / 40)) * (n === 0 ? 1 : 1e6));
    const slot = { step: last - at, min: values.map((v) => v * 0.8), avg: values, max: values.map((v) => v * 1.2) };
    writeSync(file, toBytes(slot), 0, undefined, slotOffset(TIER, slot.step, MEASURES));
  }
  closeSync(file);
}

async function day(panel, page) {
  const { items } = JSON.parse((await panel.request('GET', '/containers')).text);
  const { id } = items.find(({ state }) => state === 'running');
  await writeDay(panel.storage, id);
  await page.goto(`${panel.guiUrl}/containers/${id}/stats?range=1h`);
  await until(() => page.locator('[data-slot="chart"] canvas').count(), 30_000, 'charts are drawn');
  const taken = [];
  for (let opening = 0; opening < OPENINGS; opening += 1) {
    taken.push(await page.evaluate(opens, '24 hours'));
    await page.evaluate(opens, '1 hour');
  }
  return taken.sort((one, other) => one - other);
}

/** How long the page's main thread works for all that changes in one second, in ms. */
async function work(panel, page, shown) {
  await page.goto(`${panel.guiUrl}/containers`);
  await until(() => page.locator(shown).count(), 30_000, `${shown} is there`);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const taskSeconds = async () =>
    (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
  const taken = [];
  for (let second = 0; second < SECONDS; second += 1) {
    const before = await taskSeconds();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    taken.push(((await taskSeconds()) - before) * 1000);
  }
  return taken.sort((one, other) => one - other);
}

async function measured(everyS, measure) {
  const panel = await startPanel({ environment: { BAILIWICK_METRICS_EVERY_S: String(everyS) } });
  const { page, close } = await browserOf(panel);
  try {
    return await measure(panel, page);
  } finally {
    await close();
    await panel.stop();
  }
}

const pair = (values) => `${ms(percentile(values, 0.5))} / ${ms(percentile(values, 0.99))}`;

/** Its containers stay for whoever comes after, who removes all of ours. */
export async function charts({ image }) {
  await inParallel(Array(CONTAINERS).fill(0), async () => start(await create(image, ['sleep', '3600'])));
  const opened = await measured(15, day);
  const busy = await measured(1, (panel, page) => work(panel, page, '[data-slot="usage"]'));
  const still = await measured(300, (panel, page) => work(panel, page, 'a[href^="/containers/ct_"]'));
  return [
    {
      what: `Chart of 24 h (${STEPS} steps, the five charts of a container), from the click until drawn, p50 / p99`,
      ours: pair(opened),
      raw: '—',
      aim: '≤ 200 ms',
    },
    {
      what: `List in the browser of which ${CONTAINERS} change in a second: main thread, p50 / p99; where nothing changes: p50`,
      ours: `${pair(busy)}; ${ms(percentile(still, 0.5))}`,
      raw: '—',
      aim: 'p50 ≤ 16 ms',
    },
  ];
}

/* global document, requestAnimationFrame -- it runs in the page */
/** From the click until every chart is drawn anew, in ms. */
async function opens(wanted) {
  const canvases = () => [...document.querySelectorAll('[data-slot="chart"] canvas')];
  const before = new Set(canvases());
  const link = [...document.querySelectorAll('a')].find(({ textContent }) => textContent === wanted);
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const startedAt = performance.now();
  link.click();
  while (canvases().length < before.size || canvases().some((canvas) => before.has(canvas))) await frame();
  await frame();
  return performance.now() - startedAt;
}
