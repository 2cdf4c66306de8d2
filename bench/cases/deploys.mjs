// What a deploy costs beyond what the engine itself takes for it: one at a time, fifty at once, and a thousand in a row.
import http from 'node:http';
import { MARKS, SOCKET } from '../engine.mjs';
import { mib, ms, once, percentile, rssBytes, until } from '../measure.mjs';
import { startPanel } from '../panel.mjs';

const SINGLE = 30;
const TOGETHER = 50;
const CYCLES = 1000;
const WIDTH = 4;
const READ_AFTER = [100, 400, 700, CYCLES];

/** On panels of their own: fifty at once leave a core with garbage that the long row is not asked about. */
export async function deploys({ image, presets }) {
  // Waiting to see what was started stay up is no work; the fifty are measured with it and without.
  const quick = { BAILIWICK_DEPLOY_STABLE_MS: '0' };
  const beside = (environment, measure) =>
    on({ presets, environment }, async (panel) => {
      const raw = await rawEngine(panel, image);
      return measure(panel, raw).finally(() => raw.end());
    });
  return [
    await beside(quick, alone),
    await beside(quick, (panel, raw) => together(panel, raw, 'started')),
    await beside({}, (panel, raw) => together(panel, raw, 'proved running for two seconds')),
    await on({ presets, environment: quick }, forLong),
  ];
}

async function on(options, measure) {
  const panel = await startPanel(options);
  try {
    return await measure(panel);
  } finally {
    await panel.stop();
  }
}

let made = 0;
/** Resolves to the operation when it is done. */
async function deploy(panel) {
  made += 1;
  const answer = await panel.request('POST', '/deployments', {
    preset: 'bench-sleep',
    name: `deploys-${process.pid}-${made}`,
  });
  if (answer.status !== 202) throw new Error(`deploy: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text).operation.id;
}

const done = (panel, id) =>
  until(
    async () => {
      const operation = JSON.parse((await panel.request('GET', `/operations/${id}`)).text);
      if (['failed', 'cancelled'].includes(operation.state)) throw new Error(JSON.stringify(operation.error));
      return operation.state === 'done' && operation;
    },
    300_000,
    `operation ${id}`,
  );

async function remove(panel, containerId) {
  const answer = await panel.request('DELETE', `/containers/${containerId}`, { force: true });
  if (answer.status !== 202) throw new Error(`delete: ${answer.status} ${answer.text}`);
  await done(panel, JSON.parse(answer.text).operation.id);
}

/** The engine asked by hand for exactly what the panel asked of it: read off a container the panel made. */
async function rawEngine(panel, image) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: TOGETHER });
  const call = async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const options = { socketPath: SOCKET, agent, method, path, keepBody: true, headers };
    const answer = await once(options, body === undefined ? undefined : JSON.stringify(body));
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
    return answer.text === '' ? undefined : JSON.parse(answer.text);
  };
  const { result } = await done(panel, await deploy(panel));
  const { items } = JSON.parse((await panel.request('GET', '/containers')).text);
  const { name } = items.find(({ id }) => id === result.containerId);
  const { Config, HostConfig, NetworkSettings } = await call('GET', `/containers/${name}/json`);
  await remove(panel, result.containerId);
  const [network] = Object.keys(NetworkSettings.Networks);
  const own = { Hostname: '', Labels: MARKS, Image: image };
  const body = { ...Config, ...own, HostConfig: { ...HostConfig, NetworkMode: network } };
  const ids = [];
  return {
    async run() {
      const { Id } = await call('POST', '/containers/create', body);
      ids.push(Id);
      await call('POST', `/containers/${Id}/start`);
    },
    async clear() {
      for (const id of ids.splice(0)) await call('DELETE', `/containers/${id}?force=1&v=1`);
    },
    async end() {
      await this.clear();
      agent.destroy();
    },
  };
}

/** From the request to the answer of the engine that it is started, turn by turn with the raw engine. */
async function alone(panel, raw) {
  const ours = [];
  const theirs = [];
  for (let n = 0; n < SINGLE; n++) {
    const before = performance.now();
    await raw.run();
    theirs.push(performance.now() - before);
    await raw.clear();
    const askedAt = Date.now();
    const { steps, result } = await done(panel, await deploy(panel));
    ours.push(Date.parse(steps.find(({ name }) => name === 'start').finishedAt) - askedAt);
    await remove(panel, result.containerId);
  }
  const more = percentile(ours, 0.5) - percentile(theirs, 0.5);
  return {
    what: 'Deploy of a local image until it is started, p50 / p95 · more than the engine, p50',
    ours: `${ms(percentile(ours, 0.5))} / ${ms(percentile(ours, 0.95))} · ${ms(more)}`,
    raw: `create + start: ${ms(percentile(theirs, 0.5))} / ${ms(percentile(theirs, 0.95))}`,
    aim: 'more ≤ 60 ms',
  };
}

async function together(panel, raw, proved) {
  const times = Array(TOGETHER).fill(0);
  const before = performance.now();
  await Promise.all(times.map(() => raw.run()));
  const theirs = performance.now() - before;
  await raw.clear();
  const askedAt = performance.now();
  const ids = await Promise.all(times.map(() => deploy(panel)));
  const operations = [];
  for (const id of ids) operations.push(await done(panel, id));
  const ours = performance.now() - askedAt;
  for (const { result } of operations) await remove(panel, result.containerId);
  return {
    what: `${TOGETHER} deploys at once, all ${proved} · times the engine`,
    ours: `${ms(ours)} · ${(ours / theirs).toFixed(2)}`,
    raw: `create + start: ${ms(theirs)}`,
    aim: '≤ 1.3 times',
  };
}

/** Resident memory of the core on the way. */
async function forLong(panel) {
  let begun = 0;
  let gone = 0;
  const readings = [];
  const cycle = async () => {
    while (begun < CYCLES) {
      begun += 1;
      const { result } = await done(panel, await deploy(panel));
      await remove(panel, result.containerId);
      gone += 1;
      if (READ_AFTER.includes(gone)) readings.push(rssBytes(panel.core.pid));
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, cycle));
  return {
    what: `${CYCLES} deployed and deleted, ${WIDTH} at a time: memory of the core (RSS) after ${READ_AFTER.join(', ')}`,
    ours: readings.map(mib).join(' · '),
    raw: '—',
    aim: 'flat',
  };
}
