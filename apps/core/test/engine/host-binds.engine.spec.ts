import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished } from '../factories/deployment.js';
import { checkInvariants } from '../invariants.js';
import { type SignedInPerson, signIn } from '../sign-in.js';

const docker = new Docker();
const NAME = `bw-bind-${process.pid}`;
const TIME_MS = 60_000;
const folder = mkdtempSync(path.join(tmpdir(), 'bw-bind-'));
const [open, shut] = [path.join(folder, 'open'), path.join(folder, 'shut')];

let app: TestApp;
let owner: SignedInPerson;

const deploy = async (name: string, ...binds: object[]) => {
  const wish = {
    image: 'busybox:local',
    name,
    binds,
    volumes: [{ name: 'data', target: '/data' }],
    options: { command: ['sh', '-c', 'echo of the container > /open/note; echo no > /shut/note; exec sleep 1000'] },
  };
  const { status, body } = await call(app, owner, 'POST', '/deployments', { body: wish });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return finished(app, owner, body.operation.id, { within: TIME_MS });
};

beforeAll(async () => {
  for (const each of [open, shut]) {
    mkdirSync(each);
    writeFileSync(path.join(each, 'kept'), 'of the host');
  }
  app = await startApp({
    env: {
      BAILIWICK_ENGINE: 'docker',
      BAILIWICK_DEPLOY_STABLE_MS: '500',
      BAILIWICK_OPERATION_RETRY_DELAY_MS: '200',
    },
  });
  owner = await signIn(app);
}, TIME_MS);
afterEach(() => checkInvariants(app));
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
}, TIME_MS);

describe('folders of the host on a real engine', () => {
  it(
    'are mounted as they were named, and outlive the container, its data and its place in the bin',
    async () => {
      const binds = [
        { source: open, target: '/open', readOnly: false },
        { source: shut, target: '/shut' },
      ];
      const { state, error, target } = await deploy(NAME, ...binds);
      expect({ state, error }).toEqual({ state: 'done', error: null });
      const { Mounts, HostConfig } = await docker.getContainer(NAME).inspect();
      expect(HostConfig.Binds).toBeFalsy();
      expect(Mounts.filter(({ Type }) => Type === 'bind')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ Source: open, Destination: '/open', RW: true, Propagation: 'rprivate' }),
          expect.objectContaining({ Source: shut, Destination: '/shut', RW: false, Propagation: 'rprivate' }),
        ]),
      );
      expect(readFileSync(path.join(open, 'note'), 'utf8')).toBe('of the container\n');

      const wish = { force: true, deleteData: true, confirmName: NAME };
      const gone = await call(app, owner, 'DELETE', `/containers/${target.containerId}`, { body: wish });
      expect(await finished(app, owner, gone.body.operation.id)).toMatchObject({ state: 'done' });
      const purged = await call(app, owner, 'DELETE', `/bin/${target.containerId}`, { body: { confirmName: NAME } });
      expect(purged.status).toBe(204);
      for (const each of [open, shut]) expect(readFileSync(path.join(each, 'kept'), 'utf8')).toBe('of the host');
      expect(readFileSync(path.join(open, 'note'), 'utf8')).toBe('of the container\n');
    },
    TIME_MS,
  );

  it(
    'are not made where there is none',
    async () => {
      const source = path.join(folder, 'nowhere');
      expect(await deploy(`${NAME}-none`, { source, target: '/open', readOnly: false })).toMatchObject({
        state: 'failed',
        failedStep: 'create',
        error: { code: 'host_path_refused', params: { path: source, reason: 'missing' } },
      });
    },
    TIME_MS,
  );
});
