import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../app.js';
import { bearer, programSignIn } from '../bearer.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';

const PASSWORD = 'correct horse battery staple';
const SETUP = { username: 'ada', displayName: 'Ada', password: PASSWORD };

/** Nobody here has a cookie: each request carries a bearer, or nothing at all. */
describe('from setup to delete by token', () => {
  let app: TestApp;
  let program = { headers: {} };
  let job = { headers: {} };
  let containerId = '';
  beforeAll(async () => {
    const presets = presetsFolder({ web: { config: { command: ['sh', '-c', 'echo hello; sleep 1000'] } } });
    app = await startApp({ env: { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_PRESETS_DIR: presets } });
  });
  afterAll(() => app.close());

  const state = async () => (await call(app, job, 'GET', `/containers/${containerId}`)).body.state;

  it('claims the panel', async () => {
    const token = readFileSync(path.join(app.config.storageDir, 'keys', 'setup-token'), 'utf8').trim();
    const { status, body } = await call(app, program, 'POST', '/setup', { body: { token, ...SETUP } });
    expect({ status, name: body.user.username }).toEqual({ status: 201, name: 'ada' });
  });

  it('signs in as a program, and makes a token for the job', async () => {
    program = await programSignIn(app, { username: 'ada', password: PASSWORD });
    const { status, body } = await call(app, program, 'POST', '/me/tokens', {
      body: {
        name: 'nightly',
        capabilities: [
          'containers.create',
          'containers.start',
          'containers.stop',
          'containers.logs',
          'containers.delete',
          'presets.see',
          'environments.see',
          'operations.see',
        ],
      },
    });
    expect(status).toBe(201);
    job = { headers: bearer(body.token) };
  });

  it('deploys, once for one key', async () => {
    const deploy = () => call(app, job, 'POST', '/deployments', { body: aDeploy(), key: 'deploy-of-tonight' });
    const { status, body } = await deploy();
    expect(status).toBe(202);
    expect((await deploy()).body.operation.id).toBe(body.operation.id);
    const operation = await finished(app, job, body.operation.id);
    expect(operation.state).toBe('done');
    containerId = operation.target.containerId ?? '';
    expect(await state()).toBe('running');
  });

  it('stops and starts', async () => {
    expect((await call(app, job, 'POST', `/containers/${containerId}/stop`, { body: {} })).status).toBe(200);
    expect(await state()).toBe('exited');
    expect((await call(app, job, 'POST', `/containers/${containerId}/start`, { body: {} })).status).toBe(200);
    expect(await state()).toBe('running');
  });

  it('reads the log', async () => {
    const { body } = await call(app, job, 'GET', `/containers/${containerId}/logs`);
    expect(body.lines.map(({ text }: { text: string }) => text)).toContain('hello');
  });

  it('deletes, and nothing is left', async () => {
    const { status, body } = await call(app, job, 'DELETE', `/containers/${containerId}`, { body: { force: true } });
    expect(status).toBe(202);
    expect((await finished(app, job, body.operation.id)).state).toBe('done');
    expect((await call(app, job, 'GET', '/containers')).body.items).toEqual([]);
  });

  it('can do nothing it was not made for', async () => {
    for (const [method, route] of [
      ['GET', '/users'],
      ['GET', '/audit'],
      ['GET', '/me/tokens'],
      ['POST', '/sign-out'],
    ] as const)
      expect((await call(app, job, method, route)).status).toBe(403);
  });
});
