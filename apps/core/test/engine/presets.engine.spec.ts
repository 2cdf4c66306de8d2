import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import Docker from 'dockerode';
import { startApp, type TestApp } from '../app.js';
import { call, finished } from '../factories/deployment.js';
import { checkInvariants } from '../invariants.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { PresetHouse } from './preset-house.js';
import { answersRightly, type Program, PROGRAMS } from './preset-programs.js';

const docker = new Docker();
const folder = fileURLToPath(new URL('../../../../presets', import.meta.url));
const NAMES = readdirSync(folder).map((file) => path.basename(file, '.json'));
const AT_ONCE = 3;
const TIME_MS = 8 * 60_000;
const OPERATION_MS = 120_000;

let app: TestApp;
let owner: SignedInPerson;
/** Each is told about alone, and several are on their way at once: most of it is waiting. */
const proofs = new Map<string, Promise<void>>();

const ask = (method: string, route: string, body?: object, who = owner) => call(app, who, method, route, { body });
async function follow(answering: ReturnType<typeof call>): Promise<Operation> {
  const { status, body } = await answering;
  if (status !== 202) throw new Error(JSON.stringify(body));
  const operation = await finished(app, owner, body.operation.id, { within: OPERATION_MS });
  if (operation.state !== 'done') throw new Error(JSON.stringify(operation.error));
  return operation;
}
async function act(route: string, body: object = {}): Promise<void> {
  const answer = await ask('POST', route, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
}

/** As somebody deploys it who only gives it a name and takes everything else as it is offered. */
async function deployed(preset: string, { answers = {} }: Program): Promise<PresetHouse> {
  const name = `bw-preset-${process.pid}-${preset}`;
  const { id, target } = await follow(ask('POST', '/deployments', { preset, name, answers }));
  if (!target.containerId) throw new Error(`Nothing was made of ${preset}.`);
  const { status, body } = await ask('GET', `/operations/${id}/secrets`);
  const made: Array<{ name: string; value: string }> = status === 200 ? body.secrets : [];
  return PresetHouse.look(target.containerId, name, new Map(made.map((one) => [one.name, one.value])));
}

async function removed({ id, name, volumes }: PresetHouse): Promise<void> {
  const proved = await openSession(app, owner.user);
  await follow(ask('DELETE', `/containers/${id}`, { force: true, deleteData: true, confirmName: name }, proved));
  for (const volume of volumes)
    await expect(docker.getVolume(volume.name).inspect()).rejects.toMatchObject({ statusCode: 404 });
}

/** All that may happen to a container, after which its data is to be there. */
const FATES: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
  'a stop': async (id) => {
    await act(`/containers/${id}/stop`, { timeoutSeconds: 10 });
    await act(`/containers/${id}/start`);
  },
  'a kill': async (id) => {
    await act(`/containers/${id}/kill`);
    await act(`/containers/${id}/start`);
  },
  'making anew': (id) => follow(ask('POST', `/containers/${id}/configuration/apply`, { remake: true })),
  'the bin': async (id) => {
    await follow(ask('DELETE', `/containers/${id}`, { force: true }));
    await follow(ask('POST', `/bin/${id}/restore`, {}));
  },
};

async function live(preset: string, program: Program, house: PresetHouse): Promise<void> {
  const { status, health } = await house.state();
  expect({ status, isWell: health ?? 'healthy' }).toEqual({ status: 'running', isWell: 'healthy' });
  await program.prepare?.(house);
  await answersRightly(program, house, true);
  for (const { target } of house.volumes) await house.write(`${target}/bailiwick-kept`, 'precious');
  for (const [fate, happen] of Object.entries(FATES)) {
    try {
      await happen(house.id);
      for (const { target } of house.volumes)
        expect(await house.run('cat', `${target}/bailiwick-kept`)).toBe('precious');
      await answersRightly(program, house, false);
    } catch (error) {
      throw new Error(`After ${fate}, of ${preset}: ${await house.log().catch(String)}`, { cause: error });
    }
  }
}

async function prove(preset: string): Promise<void> {
  const program = PROGRAMS[preset];
  if (!program) throw new Error(`Nobody knows how to use ${preset}.`);
  const house = await deployed(preset, program);
  try {
    await live(preset, program, house);
  } catch (error) {
    await docker
      .getContainer(house.name)
      .remove({ force: true })
      .catch(() => undefined); // it may be gone
    throw error;
  }
  await removed(house);
}

beforeAll(async () => {
  app = await startApp({
    env: { BAILIWICK_ENGINE: 'docker', BAILIWICK_DEPLOY_STABLE_MS: '500', BAILIWICK_PRESETS_DIR: folder },
  });
  owner = await signIn(app);
  const lanes = Array.from({ length: AT_ONCE }, () => Promise.resolve());
  for (const [index, name] of NAMES.entries()) {
    const lane = index % AT_ONCE;
    const proof = (lanes[lane] ?? Promise.resolve()).then(() => prove(name));
    lanes[lane] = proof.catch(() => undefined); // told by its own test
    proofs.set(name, proof);
  }
}, 60_000);
afterAll(async () => {
  await Promise.allSettled(proofs.values());
  await checkInvariants(app);
  await app?.close();
}, TIME_MS);

it('every preset is known here, and nothing else is', () =>
  expect(Object.keys(PROGRAMS).sort()).toEqual([...NAMES].sort()));

describe('every preset there is, with a program under the name of its image', () => {
  it.each(NAMES)(
    '%s runs with what it offers, answers on its port, and finds its data after a stop, a kill, making anew and the bin',
    (name) => proofs.get(name),
    TIME_MS,
  );
});
