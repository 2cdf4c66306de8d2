import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Alert } from '@bailiwick/contract';
import Docker from 'dockerode';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { Asking } from '../granting.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const TIME_MS = 90_000;
const docker = new Docker();
let core: TestApp;
let owner: Asking;
let stress: Docker.Container;

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_METRICS_EVERY_S: '1' } });
  await core.app.get(MirrorsService).ready();
  owner = new Asking(core, await signIn(core));
}, TIME_MS);
afterAll(async () => {
  await stress.remove({ force: true });
  await core.close();
}, TIME_MS);

describe('a container on a real engine that takes all the processors it may have', () => {
  it(
    'opens an alert after its time, and closes it when it rests',
    async () => {
      const threshold = { percent: 80, durationMs: 3000 };
      await owner.put('settings/alert-rules', { rule: 'container_cpu', on: true, threshold }).expect(200);
      stress = await docker.createContainer({
        name: `bailiwick-stress-${newId('ct').slice(3)}`,
        Image: 'busybox:local',
        Cmd: ['sh', '-c', 'while [ ! -e /rest ]; do :; done; sleep 600'],
        HostConfig: { NanoCpus: 200_000_000 },
      });
      await stress.start();
      const find = async (state: string): Promise<Alert | undefined> =>
        (await owner.get(`alerts?state=${state}`).expect(200)).body.items.find(
          ({ rule, containerId }: Alert) =>
            rule === 'container_cpu' && core.app.get(MirrorsService).container(containerId ?? 'ct_')?.engineId === stress.id, // prettier-ignore
        );
      await until(() => find('open'), { within: 30_000, what: 'The alert' });
      expect((await find('open'))?.facts).toMatchObject({ threshold });
      const exec = await stress.exec({ Cmd: ['touch', '/rest'] });
      await exec.start({});
      await until(() => find('closed'), { within: 30_000, what: 'The recovery' });
      expect(await find('closed')).toMatchObject({ end: 'recovered', count: 1 });
    },
    TIME_MS,
  );
});
