import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ContainerEnd } from '@bailiwick/contract';
import request from 'supertest';
import { ManualClock, startApp, type TestApp } from '../app.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { fakeEngine, seenOnEngine } from '../fake-engine.js';
import { ownedOnEngine } from '../owned-container.js';
import { type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';

/** Does not listen to SIGTERM. */
const DEAF = { name: 'deaf', command: ['sleep', '1000'] };
let core: TestApp;
let owner: SignedInPerson;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock();
  core = await startApp({ clock });
  owner = await signIn(core);
});
afterEach(() => core.close());

const ask = (person: SignedInPerson, method: 'get' | 'post', path: string) =>
  request(core.url)[method](`/api/v1/containers/${path}`).set(person.headers);
async function endsOf(id: string): Promise<ContainerEnd[]> {
  const { body } = await ask(owner, 'get', `${id}/ends`).expect(200);
  return body.items as ContainerEnd[];
}
async function ended(id: string, count: number): Promise<ContainerEnd[]> {
  await until(async () => (await endsOf(id)).length === count, { what: `${count} ends` });
  return endsOf(id);
}

describe('how the runs of a container ended', () => {
  it('says nothing of one that never ended', async () => {
    const deaf = await seenOnEngine(core, DEAF);
    expect(await endsOf(deaf.id)).toEqual([]);
  });

  it('tells who asked for it, with what code it ended and since when it ran', async () => {
    const deaf = await seenOnEngine(core, DEAF);
    const startedAt = new Date(clock.now()).toISOString();
    clock.advance(90_000);
    await ask(owner, 'post', `${deaf.id}/stop`).send({}).expect(200);
    const by = { id: owner.user.id, displayName: owner.user.displayName };
    expect(await ended(deaf.id, 1)).toEqual([
      {
        endedAt: new Date(clock.now()).toISOString(),
        startedAt,
        exitCode: 137,
        oomKilled: false,
        asked: { action: 'stop', by },
        operationId: null,
      },
    ]);
  });

  it('knows the run that a restart hides, and does not take a crash after it for asked', async () => {
    const deaf = await seenOnEngine(core, DEAF);
    clock.advance(1000);
    await ask(owner, 'post', `${deaf.id}/restart`).send({}).expect(200);
    expect(await ended(deaf.id, 1)).toMatchObject([{ exitCode: 137, asked: { action: 'restart' } }]);
    clock.advance(1000);
    await fakeEngine(core).kill(deaf.engineId, 'SIGKILL');
    expect(await ended(deaf.id, 2)).toMatchObject([{ exitCode: 137, asked: null }, { asked: { action: 'restart' } }]);
  });

  it('says that memory ran out', async () => {
    const greedy = await seenOnEngine(core, DEAF);
    clock.advance(1000);
    fakeEngine(core).get(greedy.engineId).runOutOfMemory();
    await until(async () => (await endsOf(greedy.id))[0]?.oomKilled);
    expect(await endsOf(greedy.id)).toMatchObject([{ exitCode: 137, oomKilled: true, asked: null }]);
  });

  it('keeps the last hundred', async () => {
    const deaf = await seenOnEngine(core, DEAF);
    for (let run = 0; run < 103; run++) {
      clock.advance(1000);
      await ask(owner, 'post', `${deaf.id}/restart`).send({}).expect(200);
    }
    const newest = new Date(clock.now()).toISOString();
    await until(async () => (await endsOf(deaf.id))[0]?.endedAt === newest);
    const ends = await endsOf(deaf.id);
    expect(ends).toHaveLength(100);
    expect(ends.at(-1)?.endedAt).toBe(new Date(clock.now() - 99_000).toISOString());
  }, 60_000);

  it('forgets them with the container, and is nothing to who does not see it', async () => {
    const member = await signIn(core, { platformRole: 'member' });
    const deaf = await ownedOnEngine(core, owner.user, DEAF);
    clock.advance(1000);
    await ask(owner, 'post', `${deaf.id}/stop`).send({}).expect(200);
    await ended(deaf.id, 1);
    await ask(member, 'get', `${deaf.id}/ends`).expect(404);
    await fakeEngine(core).remove(deaf.engineId, { force: true });
    await until(async () => (await ask(owner, 'get', `${deaf.id}/ends`)).status === 404);
  });
});

it('names the operation that made it anew, and keeps what was before', async () => {
  await core.close();
  const presets = presetsFolder({ web: {} });
  core = await startApp({ env: { BAILIWICK_DEPLOY_STABLE_MS: '0', BAILIWICK_PRESETS_DIR: presets } });
  owner = await signIn(core);
  const { body } = await call(core, owner, 'POST', '/deployments', { body: aDeploy() });
  const id = (await finished(core, owner, body.operation.id)).target.containerId ?? '';
  await ask(owner, 'post', `${id}/restart`).send({}).expect(200);
  await ended(id, 1);
  await call(core, owner, 'PUT', `/containers/${id}/configuration`, { body: { change: { command: ['sleep', '2000'] } } }); // prettier-ignore
  const made = await call(core, owner, 'POST', `/containers/${id}/configuration/apply`, { body: {} });
  expect(made).toMatchObject({ status: 202 });
  await finished(core, owner, made.body.operation.id);
  expect(await ended(id, 2)).toMatchObject([
    { asked: null, operationId: made.body.operation.id },
    { asked: { action: 'restart' }, operationId: null },
  ]);
}, 30_000);
