// List of 10, 100 and 500 containers: ours from the mirror, the engine's from its socket, in turns on the same machine.
import { LIST } from '../engine.mjs';
import { latencies, mib, ms, once, percentile, perSecond, throughput } from '../measure.mjs';

const CLAIM = { 10: 'GhostPanel: API < 10 ms; list 10,000/s' };

export async function lists({ panel }, size) {
  const ours = { ...panel.target, path: '/api/v1/containers', headers: { cookie: panel.cookie } };
  const first = await once({ ...ours, keepBody: true });
  const unchanged = { ...ours, headers: { ...ours.headers, 'if-none-match': first.headers.etag } };
  const count = size >= 500 ? 200 : 500;
  const raw = await latencies(LIST, Math.min(count, 100), 200);
  const full = await latencies(ours, count, 200);
  const same = await latencies(unchanged, count, 304);
  const load = { connections: 32, seconds: 5 };
  const rawRate = await throughput(LIST, { ...load, expectStatus: 200 });
  const fullRate = await throughput(ours, { ...load, expectStatus: 200 });
  const sameRate = await throughput(unchanged, { ...load, expectStatus: 304 });
  const pair = (values) => `${ms(percentile(values, 0.5))} / ${ms(percentile(values, 0.99))}`;
  return [
    {
      what: `List of ${size}, full body (${mib(first.bytes)}), p50 / p99`,
      ours: pair(full),
      raw: pair(raw),
      aim: size === 500 ? 'p50 ≤ 5 ms' : '',
      claim: CLAIM[size] ?? '',
    },
    { what: `List of ${size}, unchanged (304), p50 / p99`, ours: pair(same), raw: '—' },
    { what: `List of ${size}, full bodies, 32 connections`, ours: perSecond(fullRate), raw: perSecond(rawRate) },
    { what: `List of ${size}, unchanged (304), 32 connections`, ours: perSecond(sameRate), raw: '—', aim: '≥ 3,000/s' },
  ];
}
