// What the cases share: percentiles, /proc readings, latency and load loops. Node built-ins only.
import http from 'node:http';
import { readFileSync } from 'node:fs';

export const ms = (value) => (value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(1)} ms`);
export const mib = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
export const perSecond = (value, unit = '') =>
  `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB')}${unit}/s`;

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const rssBytes = (pid) =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

/** CPU seconds used by the process so far. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Bytes the process caused to be written to disk so far. */
export const writtenBytes = (pid) => Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))[1]);

/** One request, body read to the end. Resolves to {status, bytes, ms, headers}. */
export function once(options, body) {
  return new Promise((resolve, reject) => {
    const startedAt = process.hrtime.bigint();
    const request = http.request(options, (response) => {
      let bytes = 0;
      const chunks = [];
      response.on('data', (chunk) => {
        bytes += chunk.length;
        if (options.keepBody) chunks.push(chunk);
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          bytes,
          text: options.keepBody ? Buffer.concat(chunks).toString('utf8') : '',
          ms: Number(process.hrtime.bigint() - startedAt) / 1e6,
        }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** One after the other on one kept connection: latencies in ms. */
export async function latencies(options, count, expectStatus) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const values = [];
  for (let n = 0; n < count + 20; n++) {
    const answer = await once({ ...options, agent });
    if (answer.status !== expectStatus) throw new Error(`${options.path}: ${answer.status} instead of ${expectStatus}`);
    if (n >= 20) values.push(answer.ms);
  }
  agent.destroy();
  return values;
}

/** `connections` kept connections for `seconds`: requests per second. */
export async function throughput(options, { connections, seconds, expectStatus }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const until = Date.now() + seconds * 1000;
  let done = 0;
  const startedAt = Date.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (Date.now() < until) {
        const answer = await once({ ...options, agent });
        if (answer.status !== expectStatus)
          throw new Error(`${options.path}: ${answer.status} instead of ${expectStatus}`);
        done++;
      }
    }),
  );
  agent.destroy();
  return (done / (Date.now() - startedAt)) * 1000;
}

export async function until(condition, timeoutMs, what) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
