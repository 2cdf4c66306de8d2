import { isAppError } from '../../kernel/errors.js';
import { Mutex } from '../../kernel/mutex.js';
import { NetworksAnswer, toNetwork } from './docker-answers.rules.js';
import { assertName, type Call, type DockerCalls, foreign, goneIsFine, LIMIT_MS, NAME } from './docker-calls.js';
import { SUBNET_TAKEN } from './docker-errors.rules.js';
import type { EngineNetwork, NetworkWish } from './engine.js';
import { hostRoutes } from './host-routes.driver.js';

/** Others make networks too, between the look and the word. */
const SUBNET_TRIES = 32;

/** The networks of a Docker Engine. */
export class DockerNetworks {
  private readonly making = new Mutex();

  constructor(private readonly calls: DockerCalls) {}

  /** One after the other: an engine that is asked twice at once makes two of one name, and then starts nothing in either. */
  ensure(wish: NetworkWish, signal?: AbortSignal): Promise<void> {
    assertName('network', wish.name, NAME);
    return this.making.run(async () => {
      if (!(await this.find(wish, signal))) await this.make(wish, signal);
    });
  }

  async withLabel(label: string, signal?: AbortSignal): Promise<EngineNetwork[]> {
    const call = { call: 'list', noun: 'network', name: label, limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) =>
      docker.listNetworks({ filters: { label: [label] }, abortSignal }),
    );
    return NetworksAnswer.parse(answer).map(toNetwork);
  }

  private async find({ name, isOurs }: NetworkWish, signal?: AbortSignal): Promise<boolean> {
    const doing = { noun: 'network', name, limitMs: LIMIT_MS.change, signal } as const;
    const answer: unknown = await this.calls.ask({ ...doing, call: 'list' }, (docker, abortSignal) =>
      docker.listNetworks({ filters: { name: [name] }, abortSignal }),
    );
    const all = NetworksAnswer.parse(answer).filter((network) => network.Name === name);
    if (!all.every(({ Driver, Labels }) => Driver === 'bridge' && isOurs(Labels))) throw foreign('network', name);
    const [found, ...twins] = oldestFirst(all);
    for (const twin of twins) await this.removeTwin({ ...doing, call: 'remove' }, twin.Id);
    return found !== undefined;
  }

  private async make(wish: NetworkWish, signal?: AbortSignal): Promise<void> {
    const call = { call: 'create', noun: 'network', name: wish.name, limitMs: LIMIT_MS.change, signal } as const;
    const taken = await this.takenSubnets(signal);
    for (let tries = 1; ; tries += 1) {
      const Subnet = wish.place(taken);
      try {
        await this.calls.ask(call, (docker, abortSignal) =>
          docker.createNetwork({
            Name: wish.name,
            Driver: 'bridge',
            CheckDuplicate: true,
            IPAM: { Driver: 'default', Config: [{ Subnet }] },
            // One family is what the plan of addresses and the firewall know of; those of one tenant reach each other.
            EnableIPv6: false,
            Options: { 'com.docker.network.bridge.enable_icc': 'true' },
            Labels: { ...wish.labels },
            abortSignal,
          }),
        );
        return;
      } catch (error) {
        if (!isAppError(error, 'conflict')) throw error;
        const isPlace = error.params?.['reason'] === SUBNET_TAKEN;
        // Somebody else made it between the two questions; whose it is, is looked at again.
        if (!isPlace && (await this.find(wish, signal))) return;
        if (!isPlace || tries >= SUBNET_TRIES) throw error;
        taken.push(Subnet);
      }
    }
  }

  /** An engine of this machine gives also what the machine itself has a way to, and then that way is lost. */
  private async takenSubnets(signal?: AbortSignal): Promise<string[]> {
    const call = { call: 'list', noun: 'network', name: '', limitMs: LIMIT_MS.list, signal } as const;
    const answer: unknown = await this.calls.ask(call, (docker, abortSignal) => docker.listNetworks({ abortSignal }));
    const routes = this.calls.address?.kind === 'socket' ? await hostRoutes() : [];
    return [...NetworksAnswer.parse(answer).flatMap((network) => toNetwork(network).subnets), ...routes];
  }

  /** Somebody past this core made a second one of the name; while both stand the engine can use neither. */
  private async removeTwin(call: Call, id: string): Promise<void> {
    await goneIsFine(() =>
      this.calls.ask(call, (docker, abortSignal) => docker.getNetwork(id).remove({ abortSignal })),
    );
  }
}

const oldestFirst = <Network extends { Created: string }>(networks: Network[]): Network[] =>
  networks.sort((one, other) => Date.parse(one.Created) - Date.parse(other.Created));
