// Log lines per second through the GUI to one and to ten followers, beside one raw follow of the same container.
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

function follow(panel, containerId, onLines) {
  return new Promise((resolve, reject) => {
    const socket = io(`${panel.guiUrl}/logs`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: panel.cookie, origin: panel.guiUrl },
    });
    socket.once('connect_error', reject);
    socket.on('frame', (stream, bytes) => {
      let lines = 0;
      for (const byte of bytes) if (byte === 10) lines++;
      onLines(lines);
      socket.emit('credit', { stream, bytes: bytes.length });
    });
    socket.once('connect', () =>
      socket.emit('follow', { stream: 's1', containerId, tail: 0 }, (answer) =>
        answer.ok ? resolve(socket) : reject(new Error(JSON.stringify(answer))),
      ),
    );
  });
}

async function rawLines(engineId) {
  return new Promise((resolve, reject) => {
    let lines = 0;
    const request = http.get(
      { socketPath: SOCKET, path: `/containers/${engineId}/logs?follow=1&stdout=1&stderr=1&timestamps=1&tail=0` },
      (response) => {
        response.on('data', (chunk) => {
          for (const byte of chunk) if (byte === 10) lines++;
        });
        setTimeout(() => {
          request.destroy();
          resolve(lines / SECONDS);
        }, SECONDS * 1000);
      },
    );
    request.on('error', (error) => (error.code === 'ECONNRESET' ? undefined : reject(error)));
  });
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
  const raw = await rawLines(engineId);
  const rows = [];
  for (const readers of [1, 10]) {
    let lines = 0;
    const sockets = [];
    for (let n = 0; n < readers; n++) sockets.push(await follow(panel, id, (count) => (lines += count)));
    const before = lines;
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
    rows.push({
      what: `Log lines to ${readers} follower${readers > 1 ? 's, each' : ''}`,
      ours: perSecond((lines - before) / SECONDS / readers),
      raw: readers === 1 ? perSecond(raw) : '—',
      aim: '≥ 5,000/s',
    });
    for (const socket of sockets) socket.close();
  }
  await remove(engineId);
  return rows;
}
