// What people cost: two hundred tenants, a list across them, signing in, and what others feel of it.
import http from 'node:http';
import { startPanel } from '../panel.mjs';
import { latencies, mib, ms, once, percentile, perSecond, rssBytes } from '../measure.mjs';

const TENANTS = 200;
const PEOPLE = 10;
const REST_MS = 30_000;
const PASSWORD = 'correct horse battery staple';

/** On a panel of its own: two hundred tenants would be in the way of what else is measured. */
export async function people() {
  const panel = await startPanel();
  try {
    return await measure(panel);
  } finally {
    await panel.stop();
  }
}

async function measure(panel) {
  await expect(204, panel.request('POST', '/me/step-up', { password: PASSWORD }));
  const before = rssBytes(panel.core.pid);
  for (let n = 0; n < TENANTS; n++) {
    await expect(201, panel.request('POST', '/tenants', { slug: `bench-${n}`, name: `Bench ${n}` }));
    const rows = Array.from({ length: PEOPLE }, (_, at) => `person-${n}-${at},Person ${at} of ${n}`);
    const csv = ['username,displayName', ...rows].join('\n');
    await expect(200, panel.request('POST', '/users/import', { tenant: `bench-${n}`, csv, dryRun: false }));
  }
  const list = [];
  let most = 0;
  for (let n = 0; n < 10; n++) {
    list.push((await expect(200, panel.request('GET', '/users'))).ms);
    most = Math.max(most, rssBytes(panel.core.pid) - before);
  }
  // Until the collector has run by itself.
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const rested = rssBytes(panel.core.pid) - before;
  const wish = { username: 'signer', displayName: 'Signer', password: PASSWORD };
  await expect(201, panel.request('POST', '/users', wish));
  const get = (path, headers) => ({ ...panel.target, path, headers });
  const open = await latencies(get('/api/v1/setup', {}), 500, 200);
  const known = await latencies(get('/api/v1/me/sessions', { cookie: panel.cookie }), 500, 200);
  const signIns = await signInFor(panel, 2, 6000);
  const flood = signInFor(panel, 16, 6000);
  const meanwhile = await latencies(get('/api/v1/containers', { cookie: panel.cookie }), 400, 200);
  const flooded = await flood;
  const row = (what, ours, aim) => ({ what, ours, raw: '—', ...(aim === undefined ? {} : { aim }) });
  return [
    row(
      `${TENANTS} tenants with ${PEOPLE} people each: memory of the core at rest · while all are listed`,
      `+ ${mib(rested)} · + ${mib(most)}`,
      'at rest ≤ 60 MB',
    ),
    row(
      'List of everybody across them, p50 / p95',
      `${ms(percentile(list, 0.5))} / ${ms(percentile(list, 0.95))}`,
      '≤ 1 s',
    ),
    row(
      'Public request · one that finds a session, p50',
      `${ms(percentile(open, 0.5))} · ${ms(percentile(known, 0.5))}`,
      'difference ≤ 0.3 ms',
    ),
    row(
      'Sign-in, 2 at once, p50 / p95',
      `${ms(percentile(signIns.times, 0.5))} / ${ms(percentile(signIns.times, 0.95))}`,
      'p95 ≤ 250 ms',
    ),
    row('Other requests while 16 sign in without pause, p99', ms(percentile(meanwhile, 0.99)), '< 50 ms'),
    row('Sign-ins meanwhile · told to come back', `${perSecond(flooded.done)} · ${perSecond(flooded.refused)}`),
  ];
}

/** Signs in over and over; `busy` is an answer too. */
async function signInFor(panel, width, forMs) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: width });
  const until = Date.now() + forMs;
  const times = [];
  let refused = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (Date.now() < until) {
        const headers = { 'content-type': 'application/json', origin: panel.guiUrl };
        const answer = await once(
          { ...panel.target, agent, method: 'POST', path: '/api/v1/sign-in', headers },
          JSON.stringify({ username: 'signer', password: PASSWORD }),
        );
        if (answer.status === 200) times.push(answer.ms);
        else if (answer.status === 503) refused += 1;
        else throw new Error(`sign-in: ${answer.status}`);
      }
    }),
  );
  agent.destroy();
  const seconds = forMs / 1000;
  return { times, done: times.length / seconds, refused: refused / seconds };
}

async function expect(status, asking) {
  const answer = await asking;
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.text.slice(0, 300)}`);
  return answer;
}
