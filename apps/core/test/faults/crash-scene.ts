import { expect } from '@jest/globals';
import type { ContainerId, Operation } from '@bailiwick/contract';
import type { EngineInspection } from '../../src/foundation/environments/engine.js';
import { aFakeImage } from '../../src/foundation/environments/fake-image.js';
import { InvariantsService } from '../../src/foundation/operations/invariants.service.js';
import { OperationRunner } from '../../src/foundation/operations/operation.runner.js';
import { aDeploy, call, finished, presetsFolder } from '../factories/deployment.js';
import { aNetwork } from '../factories/spec.js';
import { aGrant, Asking } from '../granting.js';
import { openSession, type SignedInPerson, signIn } from '../sign-in.js';
import { until } from '../until.js';
import { MortalCore } from './mortal-core.js';

export const MIB = 1024 * 1024;
export const CRASH = ['sh', '-c', 'exit 3'];
/** Healthy again, everything has to be in order within this; it takes that long only where it never will be. */
const HEALED_WITHIN_MS = 10_000;

/** A container of ours that was there before. */
export interface House {
  readonly id: ContainerId;
  readonly name: string;
  readonly running: boolean;
}

/** What of a container somebody would miss. */
export interface Look {
  readonly image: string;
  readonly env: readonly string[];
  readonly memoryBytes: number | null;
  readonly containerPorts: readonly number[];
  readonly rest: unknown;
}

/** A core that dies, people who use it and the containers they have. */
export class CrashScene {
  readonly core = new MortalCore({
    BAILIWICK_PRESETS_DIR: presetsFolder({
      web: {
        config: {
          ports: [{ containerPort: 80, label: 'Web' }],
          volumes: [{ name: 'data', target: '/data' }],
          env: { MODE: 'first' },
        },
      },
      crash: { config: { command: CRASH, volumes: [{ name: 'data', target: '/data' }] } },
    }),
  });
  owner!: SignedInPerson;
  private friend!: SignedInPerson;
  private count = 0;

  async start(): Promise<void> {
    await this.core.start();
    const { app, engine } = this.core;
    for (const image of ['busybox:local', 'busybox:next'])
      engine.images.set(image, aFakeImage({ command: ['sh'], steps: [{ do: 'wait', ms: Infinity }] }));
    [this.owner, this.friend] = await Promise.all([signIn(app), signIn(app, { platformRole: 'member' })]);
    await engine.ensureNetwork(aNetwork('shared'));
  }

  /** Into a new life, with a proof that is fresh. */
  async restart(...faults: Parameters<MortalCore['restart']>): Promise<void> {
    await this.core.restart(...faults);
    this.owner = await openSession(this.core.app, this.owner.user);
  }

  nextName = (): string => `house-${(this.count += 1)}`;

  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', route: string, more: { body?: unknown; key?: string } = {}) {
    return call(this.core.app, this.owner, method, route, more);
  }

  /** With a network joined by hand and somebody else who may see it. */
  async build({ running = true } = {}): Promise<House> {
    const name = this.nextName();
    const { status, body } = await this.ask('POST', '/deployments', { body: aDeploy({ name }) });
    if (status !== 202) throw new Error(JSON.stringify(body));
    const { state, target } = await finished(this.core.app, this.owner, body.operation.id);
    if (state !== 'done' || !target.containerId) throw new Error(`The deploy of ${name} ${state}.`);
    const house = { id: target.containerId, name, running };
    const { engineId } = await this.inspect(house);
    await this.core.engine.joinNetwork(engineId, 'shared');
    const change = aGrant(this.friend, { kind: 'container', id: house.id }, { role: 'observer' });
    await new Asking(this.core.app, this.owner).change([change]);
    if (!running) await this.ask('POST', `/containers/${house.id}/stop`, { body: {} });
    return house;
  }

  /** Everything on the engine under its name, or a name beside it. */
  async standing({ name }: Pick<House, 'name'>): Promise<string[]> {
    const all = await this.core.engine.list();
    return all.flatMap((one) => (one.name === name || one.name.startsWith(`${name}.`) ? one.name : []));
  }

  async inspect({ name }: Pick<House, 'name'>): Promise<EngineInspection> {
    const found = await this.core.engine.findByName(name);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  }

  /** With its data, where it stands. */
  async remove({ name }: Pick<House, 'name'>): Promise<void> {
    const { body } = await this.ask('GET', `/containers?q=${name}`);
    const found = body.items.find((one: { name: string }) => one.name === name);
    if (!found) return;
    const wish = { force: true, deleteData: true, confirmName: name };
    const accepted = await this.ask('DELETE', `/containers/${found.id}`, { body: wish });
    expect(await this.ended(accepted.body.operation.id)).toMatchObject({ state: 'done' });
  }

  async look(house: Pick<House, 'name'>): Promise<Look> {
    return lookOf(await this.inspect(house));
  }

  /** Its rights are as they were: who was let see it sees it. */
  async assertShown({ id, name }: House, state: string): Promise<void> {
    await until(async () => (await call(this.core.app, this.friend, 'GET', `/containers/${id}`)).body.state === state, {
      within: HEALED_WITHIN_MS,
      what: `${name} shown to a friend as ${state}`,
    });
    expect((await call(this.core.app, this.friend, 'GET', `/containers/${id}`)).body).toMatchObject({ id, name });
  }

  /** Waits for its end; nothing may be left that could not be taken back. */
  async ended(id: string): Promise<Operation> {
    const operation = await finished(this.core.app, this.owner, id);
    expect(operation.error?.params ?? {}).not.toHaveProperty('leftBehind');
    return operation;
  }

  async assertInOrder(): Promise<void> {
    const runner = this.core.app.app.get(OperationRunner);
    const invariants = this.core.app.app.get(InvariantsService);
    let report: Awaited<ReturnType<InvariantsService['check']>> | undefined;
    try {
      await until(
        async () => {
          report = await invariants.check(({ id }) => runner.find(id) !== undefined);
          return report.violations.length + report.unchecked.length === 0;
        },
        { within: HEALED_WITHIN_MS },
      );
    } catch (error) {
      if (!report) throw error; // what is wrong says more than that it is late
    }
    expect(report).toEqual({ violations: [], unchecked: [] });
  }
}

const OF_ONE_MAKING = ['bailiwick.op', 'bailiwick.sig'];

function lookOf(one: EngineInspection): Look {
  const { image, env, limits, portRules, ports, networks, mounts, command, restartPolicy } = one;
  const labels = Object.entries(one.labels).filter(([name]) => !OF_ONE_MAKING.includes(name));
  const web = [...portRules, ...ports].filter(({ containerPort }) => containerPort === 80);
  return {
    image,
    env: [...env].sort(),
    memoryBytes: limits.memoryBytes,
    containerPorts: portRules.map(({ containerPort }) => containerPort).sort(),
    rest: {
      labels: Object.fromEntries(labels.sort()),
      web,
      networks: [...networks].sort(),
      mounts,
      command,
      restartPolicy,
      cpus: limits.cpus,
      pids: limits.pids,
      up: one.state === 'running',
    },
  };
}
