// The raw engine on its socket: what every figure is put beside. Containers made here carry bailiwick.test=1.
import http from 'node:http';
import { once } from './measure.mjs';

export const SOCKET = (
  process.env.BAILIWICK_DOCKER_HOST ??
  process.env.DOCKER_HOST ??
  'unix:///var/run/docker.sock'
).replace('unix://', '');
const LABEL = 'bailiwick.test';
const RUN = `bench-${process.pid}`;
/** What everything made here past the panel carries. */
export const MARKS = { [LABEL]: '1', 'bailiwick.bench': RUN };
const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

export const LIST = { socketPath: SOCKET, path: '/containers/json?all=1' };

export async function call(method, path, body) {
  const answer = await once(
    { socketPath: SOCKET, agent, method, path, keepBody: true, headers: { 'content-type': 'application/json' } },
    body === undefined ? undefined : JSON.stringify(body),
  );
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
  return answer.text && answer.headers['content-type']?.includes('json')
    ? JSON.parse(answer.text.split('\n')[0])
    : undefined;
}

/** Under a name of the engine's own making unless one is given. */
export async function create(image, command, { name, nanoCpus = 0 } = {}) {
  const { Id } = await call('POST', name === undefined ? '/containers/create' : `/containers/create?name=${name}`, {
    Image: image,
    Cmd: command,
    Labels: MARKS,
    HostConfig: {
      NanoCpus: nanoCpus,
      NetworkMode: 'none',
      LogConfig: { Type: 'json-file', Config: { 'max-size': '50m', 'max-file': '2' } },
    },
  });
  return Id;
}
export const start = (id) => call('POST', `/containers/${id}/start`);
export const stop = (id) => call('POST', `/containers/${id}/stop?t=0`);
export const remove = (id) => call('DELETE', `/containers/${id}?force=1&v=1`);

/** Four at a time, as a person with a script would. */
export async function inParallel(items, work, width = 4) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
    }),
  );
}

export async function removeOurs() {
  const filters = encodeURIComponent(JSON.stringify({ label: [`bailiwick.bench=${RUN}`] }));
  const answer = await once({ socketPath: SOCKET, path: `/containers/json?all=1&filters=${filters}`, keepBody: true });
  const ids = JSON.parse(answer.text).map((container) => container.Id);
  await inParallel(ids, remove, 8);
  agent.destroy();
  return ids.length;
}
