// How many stay connected: plain WebSocket clients of the event stream, held for a minute, and one change told to all.
import { create, remove, start } from '../engine.mjs';
import { mib, ms, rssBytes, until } from '../measure.mjs';
import http from 'node:http';

const CLIENTS = 10_001;
const AT_ONCE = 100;
const HELD_MS = 60_000;
const PATH = '/api/v1/events?topics=containers';

const PING = 0x89;
const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

/** Answers the server's pings, as every client must to stay connected, and emits `told` for anything else. */
function listen(socket) {
  socket.on('error', () => undefined);
  return socket.on('data', (chunk) => {
    let rest = chunk;
    for (; rest[0] === PING; rest = rest.subarray(2 + rest[1])) socket.write(PONG);
    if (rest.length > 0) socket.emit('told');
  });
}

function connect({ target, cookie, guiUrl }) {
  return new Promise((resolve, reject) => {
    const request = http.request({
      ...target,
      path: PATH,
      agent: false,
      headers: {
        cookie,
        origin: guiUrl,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'YmVuY2gtYmVuY2gtYmVuYw==',
      },
    });
    request.once('upgrade', (_answer, socket) => resolve(listen(socket)));
    request.once('response', (answer) => reject(new Error(`${PATH}: ${answer.statusCode}`)));
    request.once('error', reject);
    request.end();
  });
}

const isOpen = (socket) => !socket.destroyed && socket.readyState === 'open';

export async function connections({ panel, image }) {
  const before = rssBytes(panel.core.pid);
  const sockets = [];
  const startedAt = Date.now();
  try {
    while (sockets.length < CLIENTS) {
      const next = Array.from({ length: Math.min(AT_ONCE, CLIENTS - sockets.length) }, () => connect(panel));
      sockets.push(...(await Promise.all(next)));
    }
    const connectedMs = Date.now() - startedAt;
    const held = new Promise((resolve) => setTimeout(resolve, HELD_MS));
    const rss = rssBytes(panel.core.pid);
    await held;
    const open = sockets.filter(isOpen).length;
    const toldMs = await tellAll(sockets.filter(isOpen), image);
    return [
      {
        what: `WebSocket clients held for 60 s (of ${CLIENTS.toLocaleString('en-GB')}; connected in ${(connectedMs / 1000).toFixed(1)} s), on the core`,
        ours: open.toLocaleString('en-GB'),
        raw: '—',
        claim: 'GhostPanel: > 10,000 connections',
      },
      {
        what: 'Memory of the core for them (RSS), more than before',
        ours: mib(rss - before),
        raw: '—',
      },
      { what: 'One container created and started, told to all of them', ours: ms(toldMs), raw: '—' },
    ];
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function tellAll(sockets, image) {
  let told = 0;
  for (const socket of sockets) socket.once('told', () => told++);
  const startedAt = Date.now();
  const id = await create(image, ['sleep', '600']);
  await start(id);
  await until(() => told >= sockets.length, 30_000, 'a change at every client');
  const took = Date.now() - startedAt;
  await remove(id);
  return took;
}
