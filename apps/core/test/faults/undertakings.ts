import { expect } from '@jest/globals';
import type { Operation } from '@bailiwick/contract';
import { aDeploy } from '../factories/deployment.js';
import { CRASH, type CrashScene, type House, type Look, MIB } from './crash-scene.js';

/** Something a person asks for, and how the world has to look once it has ended, however it did. */
export interface Undertaking {
  /** What it is, for who reads a failure. */
  readonly what: string;
  ask(): ReturnType<CrashScene['ask']>;
  /** Asked once more, whatever became of it: its one operation, or null where it was refused and nothing happened. */
  find(): Promise<string | null>;
  /** Answers whether the container still stands. */
  verify(operation: Operation): Promise<boolean>;
  /** Takes away again what it made. */
  tidy?(): Promise<void>;
}

let keys = 0;
const nextKey = (): string => `crash-key-${(keys += 1)}`;

/** With its key the same request is the same operation, also after a restart and after its end. */
async function byKey(ask: Undertaking['ask']): Promise<string | null> {
  const { status, body } = await ask();
  return status === 202 ? body.operation.id : null;
}

export function deploying(scene: CrashScene, preset: 'web' | 'crash'): Undertaking {
  const name = scene.nextName();
  // Its folder is looked at where everything has to be in order.
  const wish = { body: aDeploy({ preset, name, workspace: '/work' }), key: nextKey() };
  const ask = () => scene.ask('POST', '/deployments', wish);
  return {
    what: `deploy ${preset}`,
    ask,
    find: () => byKey(ask),
    tidy: () => scene.remove({ name }),
    verify: async ({ id, state }) => {
      const made = [...scene.core.engine.volumes.values()].filter(({ labels }) => labels['bailiwick.op'] === id);
      const there = await scene.standing({ name });
      expect({ there, volumes: made.length }).toEqual(
        state === 'done' ? { there: [name], volumes: 1 } : { there: [], volumes: 0 },
      );
      if (preset === 'crash') expect(state).not.toBe('done');
      if (state === 'done') expect(await scene.look({ name })).toMatchObject({ rest: { up: true } });
      return state === 'done';
    },
  };
}

export interface Change {
  readonly image?: string;
  readonly memoryBytes?: number;
  readonly mode?: string;
  readonly ports?: readonly number[];
  readonly crash?: boolean;
}

/** Saved at once; made true by what is asked for. */
export async function changing(scene: CrashScene, house: House, change: Change): Promise<Undertaking> {
  const { image, memoryBytes, mode, ports, crash } = change;
  const body = {
    change: {
      ...(image === undefined ? {} : { image }),
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(mode === undefined ? {} : { env: { set: { MODE: mode }, unset: [] } }),
      ...(ports === undefined ? {} : { ports: ports.map((containerPort) => ({ containerPort })) }),
      ...(crash ? { command: CRASH } : {}),
    },
  };
  const saved = await scene.ask('PUT', `/containers/${house.id}/configuration`, { body });
  if (saved.status !== 204) throw new Error(JSON.stringify(saved.body));
  const before = await scene.inspect(house);
  const old = await scene.look(house);
  const fresh: Look = {
    ...old,
    ...(image === undefined ? {} : { image }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(mode === undefined ? {} : { env: [`MODE=${mode}`] }),
    ...(ports === undefined ? {} : { containerPorts: ports }),
  };
  const key = nextKey();
  const number = async () => (await scene.ask('GET', `/containers/${house.id}/configuration`)).body.number;
  const numberBefore = await number();
  const ask = () => scene.ask('POST', `/containers/${house.id}/configuration/apply`, { body: {}, key });
  return {
    what: `change ${JSON.stringify(change)} of ${house.name}`,
    ask,
    find: () => byKey(ask),
    verify: async ({ name, state }) => {
      expect(await scene.standing(house)).toEqual([house.name]);
      const after = await scene.inspect(house);
      const isNew = name === 'containers.recreate' ? after.engineId !== before.engineId : state === 'done';
      if (state === 'done') expect(isNew).toBe(true);
      if (crash) expect(state).not.toBe('done');
      if (name === 'containers.update') expect(after).toMatchObject({ engineId: before.engineId, startedAtMs: before.startedAtMs }); // prettier-ignore
      // What was never started before is not after either, and is then not shown its ports.
      expect(await scene.look(house)).toEqual(isNew ? fresh : old);
      for (const { name: volume } of after.mounts) expect(scene.core.engine.volumes.has(volume ?? '')).toBe(true);
      const numberAfter = await number();
      expect(numberAfter > numberBefore).toBe(isNew);
      await scene.assertShown(house, after.state);
      return true;
    },
  };
}

/** From the limits alone: nothing is made anew. */
export const updating = (scene: CrashScene, house: House, memoryMib: number): Promise<Undertaking> =>
  changing(scene, house, { memoryBytes: memoryMib * MIB });

export async function deleting(scene: CrashScene, house: House, withData: boolean): Promise<Undertaking> {
  const { mounts } = await scene.inspect(house);
  const volume = mounts[0]?.name ?? '';
  const data = withData ? { deleteData: true, confirmName: house.name } : {};
  const wish = { body: { force: true, ...data }, key: nextKey() };
  const ask = () => scene.ask('DELETE', `/containers/${house.id}`, wish);
  return {
    what: `delete ${house.name} ${withData ? 'with its data' : 'and keep its data'}`,
    ask,
    find: () => byKey(ask),
    verify: async ({ state }) => {
      const standing = await scene.standing(house);
      const hasData = scene.core.engine.volumes.has(volume);
      if (state === 'done') expect({ standing, hasData }).toEqual({ standing: [], hasData: !withData });
      // The container may be gone and its data not; never the other way round.
      else if (standing.length > 0) expect({ standing, hasData }).toEqual({ standing: [house.name], hasData: true });
      if (!withData) expect(hasData).toBe(true);
      return standing.length > 0;
    },
  };
}

/** A container that lies in the bin, with its data where it was kept. */
export async function binning(scene: CrashScene, house: House, withData: boolean): Promise<void> {
  const data = withData ? { deleteData: true, confirmName: house.name } : {};
  const { status, body } = await scene.ask('DELETE', `/containers/${house.id}`, { body: { force: true, ...data } });
  if (status !== 202) throw new Error(JSON.stringify(body));
  expect(await scene.ended(body.operation.id)).toMatchObject({ state: 'done' });
}

/** From the bin, where it lies; `old` is how it was before it was deleted. */
export function restoring(scene: CrashScene, house: House, old: Look): Undertaking {
  const volumes = () => [...scene.core.engine.volumes.keys()].filter((name) => ownVolumes(old).includes(name));
  const before = volumes();
  const wish = { body: {}, key: nextKey() };
  const ask = () => scene.ask('POST', `/bin/${house.id}/restore`, wish);
  return {
    what: `bring ${house.name} back`,
    ask,
    find: () => byKey(ask),
    verify: async ({ state }) => {
      const isBack = state === 'done';
      expect({ standing: await scene.standing(house), lies: await liesInBin(scene, house) }).toEqual(
        isBack ? { standing: [house.name], lies: false } : { standing: [], lies: true },
      );
      // What was kept is kept on, and what was made for it is gone with it.
      expect(volumes()).toEqual(isBack ? ownVolumes(old) : before);
      if (!isBack) return false;
      expect(madeFrom(await scene.look(house))).toEqual(madeFrom(old));
      await scene.assertShown(house, 'running');
      return true;
    },
  };
}

/** No operation: it is done or not, and never by half. */
export function forgetting(scene: CrashScene, house: House) {
  const ask = (key = nextKey()) => scene.ask('DELETE', `/bin/${house.id}`, { body: { confirmName: house.name }, key });
  const first = nextKey();
  const volumes = () => [...scene.core.engine.volumes.keys()].sort();
  const before = volumes();
  return {
    ask: () => ask(first),
    /** With its key it has one effect; where it was cut off in the middle, that is said. */
    askAgain: async () => {
      const { status, body } = await ask(first);
      if (status === 204) return;
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'interrupted' });
      expect([204, 404]).toContain((await ask()).status);
    },
    verify: async () => {
      expect(await liesInBin(scene, house)).toBe(false);
      expect((await scene.ask('POST', `/bin/${house.id}/restore`, { body: {} })).status).toBe(404);
      expect(volumes()).toEqual(before);
    },
  };
}

const liesInBin = async (scene: CrashScene, house: House): Promise<boolean> =>
  (await scene.ask('GET', '/bin')).body.items.some(({ id }: { id: string }) => id === house.id);

/** What is written down of it: a network joined by hand is not, and it runs when it is back. */
function madeFrom({ rest, ...look }: Look) {
  const { networks: _joined, up: _ran, web, ...others } = rest as Rest;
  return { ...look, ...others, hostPorts: [...new Set(web.map(({ hostPort }) => hostPort))] };
}
const ownVolumes = ({ rest }: Look): string[] => (rest as Rest).mounts.flatMap(({ name }) => name ?? []);
interface Rest {
  readonly networks: unknown;
  readonly up: unknown;
  readonly web: ReadonlyArray<{ hostPort: number }>;
  readonly mounts: ReadonlyArray<{ name: string | null }>;
}
