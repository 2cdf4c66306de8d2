// What it costs the core to measure many containers, every fifteen seconds and every second.
import { create, inParallel, start } from '../engine.mjs';
import { cpuSeconds, until } from '../measure.mjs';
import { startPanel } from '../panel.mjs';

const CONTAINERS = Number(process.env.BENCH_SAMPLED ?? 300);
const SECONDS = 60;

/** The share of one processor that the core takes while nothing else is asked of it. */
async function share(everyS) {
  const panel = await startPanel({ environment: { BAILIWICK_METRICS_EVERY_S: String(everyS) } });
  try {
    const measured = async () =>
      JSON.parse((await panel.request('GET', '/metrics/containers')).text).items.length >= CONTAINERS;
    await until(measured, 60_000, 'all are measured');
    const before = cpuSeconds(panel.core.pid);
    await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
    return `${(((cpuSeconds(panel.core.pid) - before) / SECONDS) * 100).toFixed(2)} %`;
  } finally {
    await panel.stop();
  }
}

/** Its containers stay for whoever comes after, who removes all of ours. */
export async function sampling({ image }) {
  await inParallel(Array(CONTAINERS).fill(0), async () => start(await create(image, ['sleep', '3600'])));
  return [
    {
      what: `Core while ${CONTAINERS} containers are measured every 15 s · every second, of one processor`,
      ours: `${await share(15)} · ${await share(1)}`,
      raw: '—',
      aim: '≤ 5 % · ≤ 20 %',
    },
  ];
}
