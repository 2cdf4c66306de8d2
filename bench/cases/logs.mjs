// Log lines per second to one and to ten followers, through the GUI and at the core, beside as many raw follows of the same container.
import http from 'node:http';
import { io } from 'socket.io-client';
import { create, remove, SOCKET, start } from '../engine.mjs';
import { perSecond, until } from '../measure.mjs';

const SECONDS = 5;
/** A third of a core: a flood without a bound measures only who gets the machine. */
const FLOOD_NANO_CPUS = 300_000_000;
const FLOOD = [
  'sh',
  '-c',
  'while :; do i=0; while [ $i -lt 200 ]; do echo "line $i of the flood with some words to make it a usual length"; i=$((i+1)); done; done',
];

const countLines = (bytes) => {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
};

function follow(panel, url, containerId, onLines) {
  return new Promise((resolve, reject) => {
    const socket = io(`${url}/logs`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: panel.cookie, origin: panel.guiUrl },
    });
    socket.once('connect_error', reject);
    socket.on('frame', (stream, bytes) => {
      onLines(countLines(bytes) + 1);
      socket.emit('credit', { stream, bytes: bytes.length });
    });
    socket.once('connect', () =>
      socket.emit('follow', { stream: 's1', containerId, tail: 0 }, (answer) =>
        answer.ok ? resolve(socket) : reject(new Error(JSON.stringify(answer))),
      ),
    );
  });
}

/** As `docker logs -f` reads it, by so many at once. */
async function rawLines(engineId, readers) {
  let lines = 0;
  const path = `/containers/${engineId}/logs?follow=1&stdout=1&stderr=1&timestamps=1&tail=0`;
  const requests = await Promise.all(
    Array.from(
      { length: readers },
      () =>
        new Promise((resolve, reject) => {
          const request = http.get({ socketPath: SOCKET, path }, (response) => {
            response.on('data', (chunk) => (lines += countLines(chunk)));
            response.on('error', () => undefined); // cut below
            resolve(request);
          });
          request.on('error', (error) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
        }),
    ),
  );
  const rate = await over(readers, () => lines);
  for (const request of requests) request.destroy();
  return rate;
}

/** What each of them got in a second. */
async function over(readers, count) {
  const before = count();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  return (count() - before) / SECONDS / readers;
}

async function ourLines(panel, url, id, readers) {
  let lines = 0;
  const begun = new Set();
  const sockets = [];
  for (let n = 0; n < readers; n++) {
    const onLines = (count) => {
      lines += count;
      begun.add(n);
    };
    sockets.push(await follow(panel, url, id, onLines));
  }
  await until(() => begun.size === readers, 30_000, 'the first lines of every follower');
  const rate = await over(readers, () => lines);
  for (const socket of sockets) socket.close();
  return rate;
}

export async function logs({ panel, image }) {
  const name = `bench-flood-${process.pid}`;
  const engineId = await create(image, FLOOD, { name, nanoCpus: FLOOD_NANO_CPUS });
  await start(engineId);
  const id = await until(
    async () => JSON.parse((await panel.request('GET', `/containers?q=${name}`)).text).items[0]?.id,
    10_000,
    'the container in the list',
  );
  const rows = [];
  for (const readers of [1, 10]) {
    const raw = perSecond(await rawLines(engineId, readers));
    const who = `${readers} follower${readers > 1 ? 's' : ''}`;
    const each = readers > 1 ? ', each' : '';
    const through = perSecond(await ourLines(panel, panel.guiUrl, id, readers));
    rows.push({ what: `Log lines to ${who} through the GUI${each}`, ours: through, raw, aim: '≥ 5,000/s' });
    const atCore = perSecond(await ourLines(panel, panel.coreUrl, id, readers));
    rows.push({
      what: `Log lines to ${who} at the core${each}`,
      ours: atCore,
      raw,
      aim: readers > 1 ? '≥ 20,000/s' : '',
    });
  }
  await remove(engineId);
  return rows;
}
