// What the pair costs when nobody looks: memory, CPU and disk writes over a minute.
import { cpuSeconds, mib, rssBytes, writtenBytes } from '../measure.mjs';

const SECONDS = Number(process.env.BENCH_IDLE_S ?? 60);

export async function idle({ panel }, label) {
  const pids = [panel.core.pid, panel.gui.pid];
  const before = pids.map((pid) => [cpuSeconds(pid), writtenBytes(pid)]);
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
  const [core, gui] = pids.map((pid, n) => ({
    rss: mib(rssBytes(pid)),
    cpu: `${(((cpuSeconds(pid) - before[n][0]) / SECONDS) * 100).toFixed(2)} %`,
    written: `${((writtenBytes(pid) - before[n][1]) / 1024).toFixed(0)} KiB`,
  }));
  return [
    {
      what: `Memory idle (RSS), core · GUI, ${label}`,
      ours: `${core.rss} · ${gui.rss}`,
      raw: '—',
      aim: '≤ 95 MB · ≤ 110 MB',
      claim: 'GhostPanel: < 50 MB',
    },
    {
      what: `CPU idle over ${SECONDS} s, core · GUI, ${label}`,
      ours: `${core.cpu} · ${gui.cpu}`,
      raw: '—',
      aim: '< 1 %',
      claim: 'GhostPanel: < 1 %',
    },
    {
      what: `Disk writes idle over ${SECONDS} s, core · GUI, ${label}`,
      ours: `${core.written} · ${gui.written}`,
      raw: '—',
      claim: 'GhostPanel: minimal',
    },
  ];
}
