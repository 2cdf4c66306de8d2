// From the engine's own event to a socket client behind the GUI, and messages per second to 50 clients.
import { io } from 'socket.io-client';
import { create, inParallel, remove, start, stop } from '../engine.mjs';
import { mib, ms, percentile, perSecond, rssBytes, until } from '../measure.mjs';

function connect(panel) {
  return new Promise((resolve, reject) => {
    const socket = io(`${panel.guiUrl}/live`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: panel.cookie, origin: panel.guiUrl },
    });
    socket.once('connect_error', reject);
    socket.once('connect', () =>
      socket.emit('join', { topic: 'containers' }, (joined) =>
        joined.ok ? resolve(socket) : reject(new Error(JSON.stringify(joined))),
      ),
    );
  });
}

export async function eventLatency({ panel, image }) {
  const socket = await connect(panel);
  const id = await create(image, ['sleep', '600']);
  const values = [];
  let waiting;
  socket.on('change', (change) => waiting?.(change));
  const seen = (state) =>
    new Promise((resolve) => {
      waiting = (change) => change.item?.name && change.item.state === state && resolve(Date.now());
    });
  for (let n = 0; n < 20; n++) {
    const running = seen('running');
    await start(id);
    const answeredAt = Date.now();
    values.push(Math.max(0, (await running) - answeredAt));
    const exited = seen('exited');
    await stop(id);
    const stoppedAt = Date.now();
    values.push(Math.max(0, (await exited) - stoppedAt));
  }
  await remove(id);
  socket.close();
  return [
    {
      what: 'Engine answered → change at the client (through the GUI), p50 / p95',
      ours: `${ms(percentile(values, 0.5))} / ${ms(percentile(values, 0.95))}`,
      raw: '—',
      aim: 'p95 ≤ 50 ms',
      claim: 'GhostPanel: WebSocket < 5 ms',
    },
  ];
}

export async function fanOut({ panel, image, containers }) {
  const sockets = [];
  for (let n = 0; n < 50; n++) sockets.push(await connect(panel));
  let received = 0;
  for (const socket of sockets) socket.on('change', () => received++);
  const rows = [
    {
      what: `Memory with ${containers} containers and 50 sockets (RSS), core · GUI`,
      ours: `${mib(rssBytes(panel.core.pid))} · ${mib(rssBytes(panel.gui.pid))}`,
      raw: '—',
    },
  ];
  const ids = [];
  for (let n = 0; n < 20; n++) ids.push(await create(image, ['sleep', '600']));
  const before = received;
  const startedAt = Date.now();
  await inParallel(ids, start);
  await inParallel(ids, remove);
  await until(() => received - before >= 50 * 20 * 2, 10_000, 'changes at 50 clients');
  rows.push({
    what: 'Live messages delivered to 50 clients while 20 containers start and go',
    ours: perSecond(((received - before) / (Date.now() - startedAt)) * 1000),
    raw: '—',
    claim: 'GhostPanel: 100,000 messages/s',
  });
  for (const socket of sockets) socket.close();
  return rows;
}
