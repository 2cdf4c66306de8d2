// What plugins cost: a hook that is asked about every deploy, and many that only stand there.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { mib, ms, percentile, rssBytes, until } from '../measure.mjs';
import { ROOT, startPanel } from '../panel.mjs';

const REVIEWS = 400;
const WARM_UP = 40;
const IDLE = 10;
const REST_MS = 20_000;
const HOOKED = path.join(ROOT, 'plugins', 'name-policy');

/** A copy of a sample under another name, found and agreed to. */
async function take(panel, name, { asHook }) {
  const folder = path.join(panel.storage, 'plugins', 'installed', name);
  mkdirSync(folder, { recursive: true });
  cpSync(HOOKED, folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(folder, 'plugin.json'), 'utf8'));
  const { hooks, ...others } = manifest;
  writeFileSync(path.join(folder, 'plugin.json'), JSON.stringify({ ...others, name, ...(asHook ? { hooks } : {}) }));
  const found = JSON.parse((await panel.request('POST', '/plugins/rescan', {})).text).items;
  const { id } = found.find((plugin) => plugin.name === name);
  const answer = await panel.request('PUT', `/plugins/${id}/consent`, { scopes: [] });
  if (answer.status !== 200) throw new Error(answer.text);
  await until(async () => JSON.parse((await panel.request('GET', `/plugins/${id}`)).text).item.status === 'healthy', 20_000, name); // prettier-ignore
  return { id, folder };
}

/** Reviews one after the other, with and without the hook in turns: both meet the same machine. */
async function reviews(panel, preset, { id }) {
  const wish = { preset, name: 'bench-name' };
  const one = async () => {
    const since = performance.now();
    const { status, text } = await panel.request('POST', '/deployments/review', wish);
    if (status !== 200) throw new Error(text);
    return performance.now() - since;
  };
  const many = async () => {
    const times = [];
    for (let n = 0; n < WARM_UP + REVIEWS / 2; n += 1) {
      const took = await one();
      if (n >= WARM_UP) times.push(took);
    }
    return times;
  };
  const times = { with: [], without: [] };
  for (let round = 0; round < 2; round += 1) {
    times.with.push(...(await many()));
    await panel.request('POST', `/plugins/${id}/stop`, {});
    times.without.push(...(await many()));
    await panel.request('POST', `/plugins/${id}/start`, {});
  }
  return times;
}

export async function plugins({ presets }) {
  const [preset] = presets;
  const panel = await startPanel({ presets });
  try {
    const hook = await take(panel, 'hook', { asHook: true });
    const times = await reviews(panel, preset.name, hook);
    await panel.request('POST', `/plugins/${hook.id}/stop`, {});
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const before = rssBytes(panel.core.pid);
    const taken = [];
    for (let n = 0; n < IDLE; n += 1) taken.push(await take(panel, `idle-${n}`, { asHook: false }));
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const each = (rssBytes(panel.core.pid) - before) / IDLE;
    for (const { folder } of taken) rmSync(folder, { recursive: true, force: true });
    const at = (share) => `${ms(percentile(times.with.toSorted(byNumber), share))} − ${ms(percentile(times.without.toSorted(byNumber), share))}`; // prettier-ignore
    return [
      {
        what: 'Review of a deploy with a hook in Python − without, p50; p95',
        ours: `${at(0.5)}; ${at(0.95)}`,
        raw: '—',
        aim: '+ 2 ms at p95',
      },
      { what: `Memory of the core for each of ${IDLE} idle plugins`, ours: mib(each), raw: '—', aim: '≤ 1 MB' },
    ];
  } finally {
    await panel.stop();
  }
}

const byNumber = (one, other) => one - other;
