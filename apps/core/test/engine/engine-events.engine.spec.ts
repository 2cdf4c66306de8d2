import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Docker from 'dockerode';
import { EngineEventFrame } from '@bailiwick/contract';
import { MirrorsService } from '../../src/foundation/environments/mirrors.service.js';
import { newId } from '../../src/kernel/ids.js';
import { startApp, type TestApp } from '../app.js';
import { checkInvariants } from '../invariants.js';
import { openPlainSocket, type PlainSocket } from '../plain-socket.js';
import { signIn } from '../sign-in.js';
import { until } from '../until.js';

const ENGINE = process.env['BAILIWICK_TEST_DOCKER'] ?? '/var/run/docker.sock';
const MINUTE = 60_000;
const docker = new Docker({ socketPath: ENGINE });
let core: TestApp;
let stream: PlainSocket;
let container: Docker.Container;
const name = `bailiwick-told-${newId('ct').slice(3)}`;

beforeAll(async () => {
  core = await startApp({ env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DOCKER_HOST: ENGINE } });
  await core.app.get(MirrorsService).ready();
  container = await docker.createContainer({ name, Image: 'busybox:local', Cmd: ['sleep', '600'], StopTimeout: 0 });
  await until(() => seen() !== undefined);
  const opened = await openPlainSocket(core, '/api/v1/events', await signIn(core));
  if ('status' in opened) throw new Error(`refused: ${opened.status}`);
  stream = opened;
}, MINUTE);
afterAll(async () => {
  stream.socket.terminate();
  await container.remove({ force: true }).catch((error: { statusCode?: number }) => {
    if (error.statusCode !== 404) throw error;
  });
  await checkInvariants(core);
  await core.close();
}, MINUTE);

const seen = () => core.app.get(MirrorsService).containers().find(({ engineId }) => engineId === container.id); // prettier-ignore
/** Others start and end containers on this engine too. */
const told = () =>
  stream.messages.map((message) => EngineEventFrame.parse(message)).filter(({ data }) => data.name.startsWith(name));
const types = () => told().map(({ type }) => type);

describe('what a real engine says', () => {
  it(
    'of docker start is a frame {type: container.started, data: {id, name}}',
    async () => {
      const id = seen()?.id;
      await container.start();
      await until(() => told().length > 0, { within: 5000 });
      expect(told()).toEqual([{ type: 'container.started', data: { id, name } }]);
    },
    MINUTE,
  );

  it(
    'of its other days is told in their order, and of its end by its last name',
    async () => {
      await container.pause();
      await container.unpause();
      await container.restart({ t: 0 });
      await container.rename({ name: `${name}-new` });
      await container.kill();
      await until(() => types().filter((type) => type === 'container.died').length === 2);
      await container.remove();
      await until(() => types().at(-1) === 'container.removed');
      expect(types().filter((type) => type !== 'container.killed' && type !== 'container.stopped')).toEqual([
        'container.started',
        'container.paused',
        'container.unpaused',
        'container.died',
        'container.started',
        'container.restarted',
        'container.renamed',
        'container.died',
        'container.removed',
      ]);
      expect(told().at(-1)?.data.name).toBe(`${name}-new`);
    },
    MINUTE,
  );
});
