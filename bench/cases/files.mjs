// A file of 2 GB in and out through the GUI and the core, beside a bare server on the same disk; a list of 10,000.
import { fork } from 'node:child_process';
import { once as happened } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserOf } from '../browser.mjs';
import { mib, ms, once, percentile, rssBytes, until } from '../measure.mjs';
import { startPanel } from '../panel.mjs';

const LENGTH = 2_000_000_000;
const PART = Buffer.alloc(8 * 1024 * 1024, 'bailiwick');
const ROUNDS = 3;
const FILES = 10_000;
const LISTS = 10;
/** Says that it is ready by a file of its own: the volume is made anew each time. */
const FILL = `mkdir -p /data/many; cd /data/many; seq ${FILES} | sed s/^/file-/ | xargs touch; touch /data/ready; exec sleep 3600`;

export async function files({ image }) {
  const preset = {
    name: 'bench-files',
    title: 'Bench',
    description: 'Keeps files.',
    categories: ['tool'],
    config: {
      image,
      command: ['sh', '-c', FILL],
      volumes: [{ name: 'data', target: '/data' }],
      workspace: '/app',
      memoryBytes: 268435456,
      cpus: 1,
      restart: 'no',
    },
  };
  const environment = { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_GRPC_PORT: '0' };
  const panel = await startPanel({ presets: [preset], environment });
  try {
    const id = await deployed(panel);
    try {
      return [...(await transfers(panel, id)), ...(await lists(panel, id))];
    } finally {
      await removed(panel, id);
    }
  } finally {
    await panel.stop();
  }
}

async function deployed(panel) {
  const name = `bench-files-${process.pid}`;
  const answer = await panel.request('POST', '/deployments', { preset: 'bench-files', name });
  if (answer.status !== 202) throw new Error(`deploy: ${answer.status} ${answer.text}`);
  const { result } = await ended(panel, JSON.parse(answer.text).operation.id);
  await until(
    async () =>
      (await panel.request('GET', `/containers/${result.containerId}/files?path=/data`)).text.includes('"ready"'),
    60_000,
    'the files of the container',
  );
  return result.containerId;
}

async function removed(panel, id) {
  const { name } = JSON.parse((await panel.request('GET', `/containers/${id}`)).text);
  const answer = await panel.request('DELETE', `/containers/${id}`, {
    force: true,
    deleteData: true,
    confirmName: name,
  });
  if (answer.status !== 202) throw new Error(`delete: ${answer.status} ${answer.text}`);
  await ended(panel, JSON.parse(answer.text).operation.id);
}

const ended = (panel, id) =>
  until(
    async () => {
      const operation = JSON.parse((await panel.request('GET', `/operations/${id}`)).text);
      if (['failed', 'cancelled'].includes(operation.state)) throw new Error(JSON.stringify(operation.error));
      return operation.state === 'done' && operation;
    },
    60_000,
    `operation ${id}`,
  );

/** Turn by turn, so that what else the machine does hits both. */
async function transfers(panel, id) {
  const raw = await rawDisk(path.join(panel.storage, 'raw.bin'));
  const memory = sampled([panel.core.pid, panel.gui.pid]);
  const rates = { upload: [], rawUpload: [], download: [], rawDownload: [] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      rates.rawUpload.push(await rate(() => raw.upload()));
      rates.upload.push(await rate(() => upload(panel, id, '/app/large.bin')));
      rates.rawDownload.push(await rate(() => raw.download()));
      rates.download.push(await rate(() => download(panel, id, '/app/large.bin')));
      // What the first of them leaves behind is no growth with what is carried.
      if (round === 0) memory.begin();
    }
  } finally {
    await raw.end();
  }
  const spans = memory.end().map(({ idle, least, most }) => `${mib(idle)} idle, ${mib(least)} to ${mib(most)}`);
  const beside = (what, ours, theirs, aim) => ({
    what: `${what} of 2 GB through GUI and core`,
    ours: `${mib(middle(ours))}/s, ${Math.round((middle(ours) / middle(theirs)) * 100)} %`,
    raw: `bare server: ${mib(middle(theirs))}/s`,
    aim,
  });
  return [
    beside('Upload', rates.upload, rates.rawUpload, '≥ 60 %'),
    beside('Download', rates.download, rates.rawDownload, '≥ 70 %'),
    {
      what: `Memory (RSS) while ${ROUNDS - 1} × 2 GB go in and out again, core · GUI`,
      ours: spans.join(' · '),
      raw: '—',
      aim: '± 30 MB',
    },
  ];
}

const middle = (values) => percentile(values, 0.5);

async function rate(work) {
  const startedAt = performance.now();
  await work();
  return LENGTH / ((performance.now() - startedAt) / 1000);
}

async function rawDisk(file) {
  const child = fork(fileURLToPath(new URL('../raw-disk.mjs', import.meta.url)), [file]);
  const [port] = await happened(child, 'message');
  const target = { hostname: '127.0.0.1', port, path: '/' };
  return {
    upload: () => send({ ...target, method: 'PUT', headers: { 'content-length': LENGTH } }, LENGTH),
    download: () => whole(target),
    async end() {
      child.disconnect();
      await happened(child, 'exit');
    },
  };
}

/** Bytes as fast as they are taken. */
async function send(options, length) {
  const request = http.request(options);
  const answered = happened(request, 'response');
  for (let at = 0; at < length; at += PART.length) {
    if (!request.write(PART.subarray(0, length - at))) await happened(request, 'drain');
  }
  request.end();
  const [response] = await answered;
  response.resume();
  await happened(response, 'end');
  if (response.statusCode !== 204) throw new Error(`sent: ${response.statusCode}`);
  return response;
}

async function upload(panel, id, file) {
  const { hostname, port } = new URL(panel.guiUrl);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const own = { cookie: panel.cookie, origin: panel.guiUrl, 'x-csrf': panel.csrf, 'tus-resumable': '1.0.0' };
  const said = Object.entries({ path: file, replace: 'true' });
  const metadata = said.map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',');
  const begun = await once({
    hostname,
    port,
    agent,
    method: 'POST',
    path: `/api/v1/containers/${id}/files/uploads`,
    keepBody: true,
    headers: { ...own, 'upload-length': LENGTH, 'upload-metadata': metadata, 'content-length': 0 },
  });
  if (begun.status !== 201) throw new Error(`upload: ${begun.status} ${begun.text}`);
  for (let at = 0; at < LENGTH; at += PART.length) {
    const length = Math.min(PART.length, LENGTH - at);
    const about = { 'content-type': 'application/offset+octet-stream', 'content-length': length, 'upload-offset': at };
    await send(
      { hostname, port, agent, method: 'PATCH', path: begun.headers.location, headers: { ...own, ...about } },
      length,
    );
  }
  agent.destroy();
}

async function download(panel, id, file) {
  const { hostname, port } = new URL(panel.guiUrl);
  const path = `/api/v1/containers/${id}/files/download?path=${file}`;
  await whole({ hostname, port, path, headers: { cookie: panel.cookie } });
}

async function whole(options) {
  const answer = await once(options);
  if (answer.status !== 200 || answer.bytes !== LENGTH)
    throw new Error(`read: ${answer.status}, ${answer.bytes} bytes`);
}

function sampled(pids) {
  const seen = pids.map((pid) => ({ idle: rssBytes(pid), least: Infinity, most: 0 }));
  let timer;
  const look = () =>
    pids.forEach((pid, at) => {
      const bytes = rssBytes(pid);
      seen[at].least = Math.min(seen[at].least, bytes);
      seen[at].most = Math.max(seen[at].most, bytes);
    });
  return {
    begin: () => (timer = setInterval(look, 100)),
    end() {
      clearInterval(timer);
      return seen;
    },
  };
}

async function lists(panel, id) {
  const times = [];
  const { hostname, port } = new URL(panel.guiUrl);
  const folder = `/api/v1/containers/${id}/files?path=/data/many`;
  for (let n = 0; n < LISTS + 2; n++) {
    const answer = await once({ hostname, port, path: folder, keepBody: true, headers: { cookie: panel.cookie } });
    if (JSON.parse(answer.text).items?.length !== FILES) throw new Error(`list: ${answer.status}`);
    if (n >= 2) times.push(answer.ms);
  }
  const shown = await shownTimes(panel, id);
  const both = (values) => `${ms(percentile(values, 0.5))} · ${ms(percentile(values, 0.95))}`;
  return [
    {
      what: `List of ${FILES.toLocaleString('en-GB')} files through GUI and core, p50 · p95`,
      ours: both(times),
      raw: '—',
    },
    {
      what: 'The same in Chromium, from the click until its rows are drawn and answer, p50 · p95',
      ours: both(shown),
      raw: '—',
      aim: '≤ 400 ms',
    },
  ];
}

/** From the click on the folder until a row of it has taken a key. */
async function shownTimes(panel, id) {
  const browser = await browserOf(panel);
  try {
    const times = [];
    for (let n = 0; n < LISTS + 1; n++) {
      await browser.page.goto(`${panel.guiUrl}/containers/${id}/files?path=/data`);
      const row = browser.page.locator('tr[data-name="many"] a').first();
      await row.waitFor();
      // The page has other things to do at first.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const time = await browser.page.evaluate(opens, 'file-1');
      if (n > 0) times.push(time);
    }
    return times;
  } finally {
    await browser.close();
  }
}

/* global document, requestAnimationFrame -- it runs in the page */
/** In the page: clicks, and answers once the row is there, the keyboard is on it and the next picture is made. */
function opens(name) {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const look = () => {
      const row = document.querySelector(`tr[data-name="${name}"]`);
      if (row?.contains(document.activeElement)) setTimeout(() => resolve(performance.now() - startedAt));
      else requestAnimationFrame(look);
    };
    document.querySelector('tr[data-name="many"] a').click();
    look();
  });
}
