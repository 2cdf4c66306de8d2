import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ContainerEnd } from '@bailiwick/contract';
import Docker from 'dockerode';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const docker = new Docker();
const TIME_MS = 60_000;
let app: TestApp;
let owner: SignedInPerson;
let count = 0;
const made: Docker.Container[] = [];

beforeAll(async () => {
  app = await startApp({ env: { BAILIWICK_ENGINE: 'docker' } });
  owner = await signIn(app);
}, TIME_MS);
afterEach(() => Promise.all(made.splice(0).map((each) => each.remove({ force: true }))), TIME_MS);
afterAll(() => app.close());

async function run(script: string, extra: Docker.HostConfig = {}): Promise<string> {
  const name = `bw-ends-${process.pid}-${(count += 1)}`;
  const container = await docker.createContainer({
    name,
    Image: 'busybox:local',
    Cmd: ['sh', '-c', script],
    HostConfig: extra,
  });
  made.push(container);
  await container.start();
  const mirrors = app.app.get(MirrorsService);
  const seen = () => mirrors.containers().find(({ engineId }) => engineId === container.id);
  await until(() => seen()?.startedAtMs, { within: 15_000, what: 'Seeing it run' });
  return seen()?.id ?? '';
}
const endsOf = async (id: string): Promise<ContainerEnd[]> =>
  (await new Asking(app, owner).get(`containers/${id}/ends`).expect(200)).body.items;
const ended = (id: string, most: number) =>
  until(async () => (await endsOf(id)).length >= most, { within: 20_000, what: `${most} ends` });

describe('how the runs of a container on a real engine ended', () => {
  it(
    'tells every run of a crash loop with its code, once each',
    async () => {
      const id = await run('sleep 1; exit 3', { RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 } });
      await ended(id, 3);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      const ends = await endsOf(id);
      expect(ends.map(({ exitCode, asked }) => [exitCode, asked])).toEqual([
        [3, null],
        [3, null],
        [3, null],
      ]);
      for (const { startedAt, endedAt } of ends.filter((end) => end.startedAt !== null))
        expect(Date.parse(endedAt) - Date.parse(startedAt ?? '')).toBeGreaterThan(900);
      expect(ends[0]?.startedAt).not.toBeNull();
    },
    TIME_MS,
  );

  it(
    'tells a restart and a stop with who asked for them',
    async () => {
      const id = await run('trap "exit 0" TERM; while true; do sleep 0.1; done');
      const power = (action: string) => new Asking(app, owner).post(`containers/${id}/${action}`, {}).expect(200);
      await power('restart');
      await power('stop');
      await ended(id, 2);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const by = expect.objectContaining({ id: owner.user.id });
      expect(await endsOf(id)).toMatchObject([
        { exitCode: 0, asked: { action: 'stop', by } },
        { exitCode: 0, asked: { action: 'restart', by } },
      ]);
    },
    TIME_MS,
  );
});
