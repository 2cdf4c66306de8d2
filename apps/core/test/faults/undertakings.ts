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
  const wish = { body: aDeploy({ preset, name }), key: nextKey() };
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
  const ask = () => scene.ask('DELETE', `/containers/${house.id}`, { body: { force: true, ...data } });
  const before = new Set(await scene.operationsOn(house.id));
  return {
    what: `delete ${house.name} ${withData ? 'with its data' : 'and keep its data'}`,
    ask,
    // A deletion takes no key: where it is under way or over, asking again does nothing.
    find: async () => {
      const begun = (await scene.operationsOn(house.id)).filter((id) => !before.has(id));
      expect(begun.length).toBeLessThanOrEqual(1);
      return begun[0] ?? byKey(ask);
    },
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
