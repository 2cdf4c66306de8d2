import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Capability } from '@bailiwick/contract';
import request from 'supertest';
import { ContainerSettingsService } from '../../src/features/container-settings/container-settings.service.js';
import { ContainerAddresses } from '../../src/features/containers/container-addresses.service.js';
import type { SeenContainer } from '../../src/foundation/environments/seen-container.js';
import { startApp, type TestApp } from '../app.js';
import { fakeEngine } from '../fake-engine.js';
import { Asking, memberOn } from '../granting.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

const PORT = { ip: '0.0.0.0', hostPort: 45_080, containerPort: 80, protocol: 'tcp' } as const;
const NOTHING = {
  startupCommand: null,
  installCommand: null,
  projectProtocol: null,
  allowedPorts: null,
  domainName: null,
  launchUrl: null,
  explorerRoot: null,
  consoleDirectory: null,
};
let core: TestApp;
let owner: SignedInPerson;
let web: SeenContainer;
let made = 0;
beforeAll(async () => {
  core = await startApp();
  owner = await signIn(core);
});
afterAll(() => core.close());
beforeEach(async () => {
  made += 1;
  const ports = [{ ...PORT, hostPort: PORT.hostPort + made }];
  web = await ownedOnEngine(core, owner.user, { name: `web-${made}`, command: ['sleep', '1000'], ports });
});

const see = (who: SignedInPerson) => new Asking(core, who).get(`containers/${web.id}/settings`);
const put = (who: SignedInPerson, path: string, body: object) =>
  request(core.url).put(`/api/v1/containers/${web.id}/${path}`).set(who.headers).send(body);
const trail = async (action: string) =>
  (await new Asking(core, owner).get(`audit?target=${web.id}&action=${action}`)).body.items;
const memberWith = (...allow: Capability[]) => memberOn(core, owner, web, ...allow);

describe('the settings of a container', () => {
  it('tell what was saved beside what the engine applies', async () => {
    const { body } = await see(owner).expect(200);
    expect(body).toEqual({
      saved: NOTHING,
      applied: {
        command: ['sleep', '1000'],
        entrypoint: [],
        restartPolicy: { name: 'no', maximumRetryCount: 0 },
      },
      availablePorts: [{ ...PORT, hostPort: PORT.hostPort + made }],
      pending: false,
      savedAt: null,
      savedBy: null,
    });
  });

  it('are saved field by field, wait for a new container, and leave the running one alone', async () => {
    const before = await fakeEngine(core).inspect(web.engineId);
    await put(owner, 'settings', { startupCommand: 'sleep 2000', allowedPorts: [80] }).expect(204);
    await put(owner, 'settings', { domainName: 'Example.org', startupCommand: 'sleep 3000' }).expect(204);
    const { body } = await see(owner).expect(200);
    expect(body).toMatchObject({
      saved: { ...NOTHING, startupCommand: 'sleep 3000', allowedPorts: [80], domainName: 'example.org' },
      applied: { command: ['sleep', '1000'] },
      pending: true,
      savedBy: owner.user.displayName,
    });
    expect(await fakeEngine(core).inspect(web.engineId)).toEqual(before);
    await put(owner, 'settings', { startupCommand: null }).expect(204);
    expect((await see(owner)).body).toMatchObject({ saved: { startupCommand: null }, pending: false });
  });

  it('leave a trace with before and after', async () => {
    await put(owner, 'settings', { startupCommand: 'a' }).expect(204);
    await put(owner, 'settings', { startupCommand: 'b', allowedPorts: null }).expect(204);
    expect(await trail('containers.settings')).toMatchObject([
      { outcome: 'done', details: { startupCommand: { from: 'a', to: 'b' } } },
      { outcome: 'done', details: { startupCommand: { from: null, to: 'a' } } },
    ]);
  });

  it('name every missing right and save nothing, also where one of two is held', async () => {
    const observer = await memberWith();
    const refused = await see(observer).expect(403);
    expect(refused.body.params.missing).toEqual(['containers.settingsSee']);
    const all = await put(observer, 'settings', { startupCommand: 'x', allowedPorts: [80] }).expect(403);
    expect(all.body.params.missing).toEqual([
      'containers.settingsSee',
      'containers.settingsStartup',
      'containers.settingsPorts',
    ]);
    const half = await memberWith('containers.settingsSee', 'containers.settingsStartup');
    const ports = await put(half, 'settings', { startupCommand: 'x', launchUrl: 'https://example.org' }).expect(403);
    expect(ports.body).toMatchObject({ code: 'forbidden', params: { missing: ['containers.settingsPorts'] } });
    expect((await see(half)).body.saved).toEqual(NOTHING);
    await put(half, 'settings', { startupCommand: 'x' }).expect(204);
    const blind = await memberWith('containers.settingsStartup');
    const unseen = await put(blind, 'settings', { startupCommand: 'y' }).expect(403);
    expect(unseen.body.params.missing).toEqual(['containers.settingsSee']);
    expect((await see(half)).body.saved.startupCommand).toBe('x');
  });

  it.each([{}, { startupCommand: 'a\nb' }, { allowedPorts: [0] }, { launchUrl: 'javascript:alert(1)' }, { name: 'x' }])(
    'are never %j',
    async (body) => {
      const { body: answer } = await put(owner, 'settings', body).expect(400);
      expect(answer.code).toBe('invalid_request');
      expect((await see(owner)).body.saved).toEqual(NOTHING);
    },
  );

  it('do not exist for who does not see the container', async () => {
    const stranger = await signIn(core, { platformRole: 'member' });
    await see(stranger).expect(404);
    await put(stranger, 'settings', { startupCommand: 'x' }).expect(404);
    await put(stranger, 'restart-policy', { name: 'no' }).expect(404);
  });
});

describe('where people open it', () => {
  const addressIn = async (who: SignedInPerson) => {
    const listed = await new Asking(core, who).get(`containers?q=${web.name}`).expect(200);
    const { body } = await new Asking(core, who).get(`containers/${web.id}`).expect(200);
    expect(listed.body.items[0].address).toBe(body.address);
    return body.address;
  };

  it('is told to whoever sees it, as soon as it is saved, and as long', async () => {
    const observer = await memberWith();
    expect(await addressIn(observer)).toBeNull();
    await put(owner, 'settings', { domainName: 'shop.example.org' }).expect(204);
    expect(await addressIn(observer)).toBe('http://shop.example.org/');
    await put(owner, 'settings', { launchUrl: 'https://shop.example.org/start' }).expect(204);
    expect(await addressIn(observer)).toBe('https://shop.example.org/start');
    await put(owner, 'settings', { launchUrl: 'javascript:alert(1)' }).expect(400);
    expect(await addressIn(observer)).toBe('https://shop.example.org/start');
    await put(owner, 'settings', { launchUrl: null, domainName: null }).expect(204);
    expect(await addressIn(observer)).toBeNull();
  });

  it('is known again after a start', async () => {
    await put(owner, 'settings', { launchUrl: 'https://again.example.org/' }).expect(204);
    const addresses = core.app.get(ContainerAddresses);
    addresses.set(web.id, null);
    await core.app.get(ContainerSettingsService).onModuleInit();
    expect(await addressIn(owner)).toBe('https://again.example.org/');
  });
});

describe('the restart policy', () => {
  it('changes on the container as it is, and leaves a trace', async () => {
    const { startedAtMs } = await fakeEngine(core).inspect(web.engineId);
    await put(owner, 'restart-policy', { name: 'on-failure', maximumRetryCount: 3 }).expect(204);
    const policy = { name: 'on-failure', maximumRetryCount: 3 };
    expect(await fakeEngine(core).inspect(web.engineId)).toMatchObject({ restartPolicy: policy, startedAtMs });
    expect((await see(owner)).body.applied.restartPolicy).toEqual(policy);
    expect(await trail('containers.restartPolicy')).toMatchObject([
      { outcome: 'done', details: { restartPolicy: { from: { name: 'no' }, to: policy } } },
      { outcome: 'intent' },
    ]);
  });

  it('needs to be seen and the right of its own', async () => {
    const seeing = await memberWith('containers.settingsSee');
    const refused = await put(seeing, 'restart-policy', { name: 'always' }).expect(403);
    expect(refused.body.params.missing).toEqual(['containers.settingsRestart']);
    const blind = await memberWith('containers.settingsRestart');
    const unseen = await put(blind, 'restart-policy', { name: 'always' }).expect(403);
    expect(unseen.body.params.missing).toEqual(['containers.settingsSee']);
    expect((await fakeEngine(core).inspect(web.engineId)).restartPolicy.name).toBe('no');
    const both = await memberWith('containers.settingsSee', 'containers.settingsRestart');
    await put(both, 'restart-policy', { name: 'always' }).expect(204);
  });

  it.each([{ name: 'always', maximumRetryCount: 3 }, { name: 'sometimes' }, {}])('is never %j', async (body) => {
    await put(owner, 'restart-policy', body).expect(400);
  });
});

describe('while the engine is away', () => {
  it('what was saved is still told and can be changed; what is applied nobody knows', async () => {
    fakeEngine(core).goOffline();
    try {
      await until(async () => (await see(owner)).body.applied === null);
      await put(owner, 'settings', { startupCommand: 'later' }).expect(204);
      const { body } = await see(owner).expect(200);
      expect(body).toMatchObject({ saved: { startupCommand: 'later' }, applied: null, pending: null });
      const { body: refused } = await put(owner, 'restart-policy', { name: 'always' }).expect(503);
      expect(refused.code).toBe('engine_unavailable');
    } finally {
      fakeEngine(core).goOnline();
    }
  });
});
