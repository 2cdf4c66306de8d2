// A key and its echo, a burst and coming back, through the GUI and the core, beside the engine's own exec.
import http from 'node:http';
import { io } from 'socket.io-client';
import { browserOf } from '../browser.mjs';
import { call, create, remove, SOCKET, start } from '../engine.mjs';
import { ms, percentile, until } from '../measure.mjs';

const KEYS = 300;
const BURST_BYTES = 20 * 1024 * 1024;
/** Its end is not in what is typed. A terminal that is come back to shows what it showed before: each has its own. */
const burstTo = (word) =>
  `head -c ${BURST_BYTES} /dev/zero | tr '\\000' x; echo; echo ${word.slice(0, 2)}""${word.slice(2)}`;
const DATA = 0;
const ACK = 2;

/** The engine's exec at a terminal, held as one holds it without a panel. */
async function rawTerminal(engineId) {
  const body = { Cmd: ['sh'], Tty: true, AttachStdin: true, AttachStdout: true, AttachStderr: true };
  const { Id } = await call('POST', `/containers/${engineId}/exec`, body);
  const wish = JSON.stringify({ Detach: false, Tty: true });
  return new Promise((resolve, reject) => {
    const request = http.request({
      socketPath: SOCKET,
      method: 'POST',
      path: `/exec/${Id}/start`,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(wish),
        connection: 'Upgrade',
        upgrade: 'tcp',
      },
    });
    request.on('error', reject);
    request.on('upgrade', (response, socket) => {
      const terminal = { hear: () => {}, type: (text) => socket.write(text), close: () => socket.destroy() };
      socket.on('data', (bytes) => terminal.hear(bytes));
      resolve(terminal);
    });
    request.end(wish);
  });
}

function panelTerminal(panel, event, wish) {
  return new Promise((resolve, reject) => {
    const socket = io(`${panel.guiUrl}/terminal`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: panel.cookie, origin: panel.guiUrl },
    });
    const terminal = {
      hear: () => {},
      received: 0,
      type: (text) => socket.emit('frame', Buffer.concat([Buffer.of(DATA), Buffer.from(text)])),
      close: () => socket.close(),
    };
    socket.once('connect_error', reject);
    socket.on('frame', (frame) => {
      if (frame[0] !== DATA) return;
      terminal.received += frame.length - 1;
      terminal.hear(frame.subarray(1));
      const ack = Buffer.alloc(5);
      ack.writeUInt8(ACK);
      ack.writeUInt32BE(frame.length - 1, 1);
      socket.emit('frame', ack);
    });
    socket.once('connect', () =>
      socket.emit(event, { columns: 80, rows: 24, ...wish }, (answer) =>
        answer.ok
          ? resolve(Object.assign(terminal, { id: answer.terminal.id }))
          : reject(new Error(JSON.stringify(answer))),
      ),
    );
  });
}

const says = (terminal, word) =>
  new Promise((resolve) => {
    let tail = '';
    terminal.hear = (bytes) => {
      tail = (tail + bytes.toString('latin1')).slice(-200);
      if (tail.includes(word)) resolve();
    };
  });

async function echoes(terminal) {
  const times = [];
  for (let n = 0; n < KEYS + 20; n++) {
    const heard = new Promise((resolve) => (terminal.hear = resolve));
    const startedAt = performance.now();
    terminal.type('a');
    await heard;
    if (n >= 20) times.push(performance.now() - startedAt);
    // As fast as somebody types; who says more than 50 things a second is sent away.
    await new Promise((resolve) => setTimeout(resolve, 25));
    // One line of a terminal: what is longer is drawn anew each time.
    if (n % 40 === 39) {
      terminal.type('\u0015');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  terminal.type('\u0003');
  await new Promise((resolve) => setTimeout(resolve, 200));
  return times;
}

async function burst(terminal) {
  const done = says(terminal, 'done');
  const startedAt = performance.now();
  terminal.type(`${burstTo('done')}\n`);
  await done;
  return performance.now() - startedAt;
}

export async function terminals({ panel, image }) {
  const name = `bench-shell-${process.pid}`;
  const engineId = await create(image, ['sleep', '3600'], { name });
  await start(engineId);
  const containerId = await until(
    async () => JSON.parse((await panel.request('GET', `/containers?q=${name}`)).text).items[0]?.id,
    10_000,
    'the container in the list',
  );
  const raw = await rawTerminal(engineId);
  const ours = await panelTerminal(panel, 'open', { containerId });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const [rawEchoes, ourEchoes] = [await echoes(raw), await echoes(ours)];
  const [rawBurst, ourBurst] = [await burst(raw), await burst(ours)];
  const { id, received } = ours;
  ours.close();
  const startedAt = performance.now();
  const again = await panelTerminal(panel, 'attach', { id, after: received });
  const back = performance.now() - startedAt;
  const shown = says(again, 'here');
  again.type('echo he""re\n');
  await shown;
  for (const terminal of [raw, again]) terminal.close();
  const drawn = await burstInBrowser(panel, containerId);
  await remove(engineId);
  const both = (values) => `${ms(percentile(values, 0.5))} · ${ms(percentile(values, 0.95))}`;
  return [
    {
      what: 'Key and its echo in a terminal, p50 · p95',
      ours: both(ourEchoes),
      raw: both(rawEchoes),
      aim: 'p95 ≤ 30 ms',
    },
    { what: 'Burst of 20 MB in a terminal, shown by a client', ours: ms(ourBurst), raw: ms(rawBurst), aim: '≤ 3 s' },
    {
      what: 'The same burst drawn in Chromium · longest the page stood still',
      ours: `${ms(drawn.tookMs)} · ${ms(drawn.longestMs)}`,
      raw: '—',
      aim: '≤ 3 s, the page answers',
    },
    { what: 'Coming back to a terminal, until it is shown', ours: ms(back), raw: '—', aim: '≤ 1 s' },
  ];
}

/** From the key until its last line is drawn, and the longest time in between in which no picture was made. */
async function burstInBrowser(panel, containerId) {
  const { page, close } = await browserOf(panel);
  try {
    await page.goto(`${panel.guiUrl}/containers/${containerId}/shell`);
    await page.locator('[data-slot="terminal-link"][data-state="live"]').waitFor();
    // The page has other things to do at first.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await page.locator('[data-slot="terminal"]:visible .xterm-helper-textarea').focus();
    await page.keyboard.insertText(burstTo('drawn'));
    const watching = page.evaluate(drawsUntil, 'drawn');
    await page.keyboard.press('Enter');
    return await watching;
  } finally {
    await close();
  }
}

/* global document, requestAnimationFrame -- it runs in the page */
function drawsUntil(word) {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    let last = startedAt;
    let longestMs = 0;
    const look = () => {
      const now = performance.now();
      longestMs = Math.max(longestMs, now - last);
      last = now;
      const rows = document.querySelector('[data-slot="terminal"] .xterm-rows')?.textContent ?? '';
      if (rows.includes(word)) resolve({ tookMs: now - startedAt, longestMs });
      else requestAnimationFrame(look);
    };
    look();
  });
}
