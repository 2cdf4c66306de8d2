import type { Accepted, Container, Operation } from '@bailiwick/contract';
import { ApiError, type ApiOptions } from '../../lib/api.ts';
import type { LiveList } from '../../lib/live-list.ts';
import { bulkItems, isEnded } from '../operations/operation.rules.ts';
import type { ContainerIntents, IntentAction } from './container-intents.ts';
import type { PowerAction } from './power.rules.ts';

type Send = <Answer = void>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: `/${string}`,
  options?: ApiOptions,
) => Promise<Answer>;

interface Surroundings {
  send: Send;
  intents: ContainerIntents;
  containers: LiveList<Container>;
  operations: LiveList<Operation>;
  /** How long the live event may stay away after the answer before the answer is taken as the end. */
  patienceMs?: number;
}

/** With the name of the container, typed, its data goes as well. */
export type DeleteWish = { force: boolean } & ({ deleteData: true; confirmName: string } | { deleteData?: never });

const PATIENCE_MS = 10_000;

/** What people ask of containers: shows the intent at once, and ends it when the live list tells the truth. */
export class ContainerCommands {
  constructor(private readonly around: Surroundings) {}

  /** Start, stop and the like: answered with the container as it now is. */
  async power(action: Exclude<PowerAction, 'delete'>, container: Container): Promise<boolean> {
    return this.attempt(action, container.id, async () => {
      const { item } = await this.around.send<{ item: Container }>('POST', `/containers/${container.id}/${action}`, {
        body: {},
      });
      await this.seen(container.id, (now) => now === undefined || isSame(now, item));
    });
  }

  async rename(container: Container, name: string): Promise<boolean> {
    return this.attempt('rename', container.id, async () => {
      await this.around.send('PUT', `/containers/${container.id}/name`, { body: { name } });
      await this.seen(container.id, (now) => now === undefined || now.name === name);
    });
  }

  /** Ends when the container is gone, or with the reason why it is still there. */
  async remove(container: Container, wish: DeleteWish): Promise<boolean> {
    return this.attempt('delete', container.id, async () => {
      const { operation } = await this.around.send<Accepted>('DELETE', `/containers/${container.id}`, {
        body: wish,
      });
      const ended = await this.ended(operation);
      if (ended.error !== null) throw new ApiError({ ...ended.error, requestId: ended.id }, 500);
      await this.seen(container.id, (now) => now === undefined);
    });
  }

  /** One operation over many; every container keeps its own answer. Null when the whole was refused. */
  async bulk(action: PowerAction, containers: readonly Container[], force = false): Promise<Operation | null> {
    const { intents, send } = this.around;
    const ids = containers.map(({ id }) => id);
    intents.ask(ids, action);
    try {
      const { operation } = await send<Accepted>('POST', '/containers/bulk', { body: { action, ids, force } });
      const ended = await this.ended(operation);
      for (const { id, ok, error } of bulkItems(ended)) {
        if (!ok) intents.refuse(id, action, { ...(error ?? { code: 'internal' }), requestId: ended.id });
      }
      intents.settle(ids);
      return ended;
    } catch (error) {
      for (const id of ids) this.refuse(id, action, error);
      return null;
    }
  }

  private async attempt(action: IntentAction, id: string, work: () => Promise<void>): Promise<boolean> {
    this.around.intents.ask([id], action);
    try {
      await work();
      this.around.intents.settle([id]);
      return true;
    } catch (error) {
      this.refuse(id, action, error);
      return false;
    }
  }

  private refuse(id: string, action: IntentAction, error: unknown): void {
    if (!(error instanceof ApiError)) {
      this.around.intents.settle([id]);
      throw error;
    }
    const { code, params, requestId } = error.envelope;
    this.around.intents.refuse(id, action, { code, params, requestId });
  }

  /** The container as the live list shows it, once it fits; after the time of patience the answer counts. */
  private seen(id: string, fits: (container: Container | undefined) => boolean): Promise<void> {
    const { containers, patienceMs = PATIENCE_MS } = this.around;
    return new Promise((resolve) => {
      const look = () => {
        if (!fits(containers.get(id))) return;
        leave();
        clearTimeout(timer);
        resolve();
      };
      const leave = containers.subscribeItem(id, look);
      const timer = setTimeout(() => {
        leave();
        resolve();
      }, patienceMs);
      look();
    });
  }

  /** The operation at its end: told by event, and asked for where no event comes. */
  private ended(accepted: Operation): Promise<Operation> {
    const { operations, send, patienceMs = PATIENCE_MS } = this.around;
    return new Promise((resolve, reject) => {
      const finish = (operation: Operation | undefined): boolean => {
        if (operation === undefined || !isEnded(operation)) return false;
        leave();
        clearInterval(timer);
        resolve(operation);
        return true;
      };
      const leave = operations.subscribeItem(accepted.id, () => finish(operations.get(accepted.id)));
      const timer = setInterval(() => {
        send<Operation>('GET', `/operations/${accepted.id}`).then(finish, (error: unknown) => {
          leave();
          clearInterval(timer);
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      }, patienceMs);
      if (!finish(accepted)) finish(operations.get(accepted.id));
    });
  }
}

const isSame = (one: Container, other: Container): boolean =>
  one.state === other.state && one.since === other.since && one.status === other.status;
