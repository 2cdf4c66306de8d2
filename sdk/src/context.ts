import type { Container__Output } from './generated/bailiwick/plugin/v2/Container.js';
import type { InitializeRequest__Output } from './generated/bailiwick/plugin/v2/InitializeRequest.js';
import type { Role__Output } from './generated/bailiwick/plugin/v2/Role.js';
import type { User__Output } from './generated/bailiwick/plugin/v2/User.js';
import { HostConnection } from './host-calls.js';
import type { JsonObject } from './json.js';
import { PluginLog } from './plugin-log.js';
import { HOST_SERVICE } from './protocols.js';
import { fromStruct, toStruct } from './struct.rules.js';
import type { SyncedUser } from './definition.js';
import { type Listening, Subscription } from './subscription.js';

export type User = User__Output;
export type Role = Role__Output;
export interface Container extends Omit<Container__Output, 'createdAtMs'> {
  createdAt: Date;
}
export type SyncOutcome = 'created' | 'updated' | 'unchanged';

/** What a plugin was given, and what it may ask of the core. A call that was not granted throws `ScopeMissing`. */
export class PluginContext {
  readonly scopes: ReadonlySet<string>;
  /** By the manifest's JSON Schema. */
  readonly settings: JsonObject;
  /** The tenants it may see and touch, by slug; none at all: every one. */
  readonly tenants: readonly string[];
  readonly coreVersion: string;
  readonly log: PluginLog;
  private readonly host: HostConnection;
  private readonly subscriptions = new Set<Subscription>();

  constructor(
    readonly name: string,
    token: string,
    { scopes, settings, tenants, hostAddress, coreVersion }: InitializeRequest__Output,
  ) {
    this.scopes = new Set(scopes);
    this.settings = fromStruct(settings);
    this.tenants = tenants;
    this.coreVersion = coreVersion;
    this.host = new HostConnection(hostAddress, token, this.scopes);
    this.log = new PluginLog(this.host);
  }

  readonly users = {
    /** users.read: everybody of a tenant. */
    list: (tenant: string): AsyncGenerator<User> =>
      everyOne(async (cursor) => {
        const asked = { tenant, cursor, limit: 2000 };
        const answer = await this.host.call(HOST_SERVICE.ListUsers, ['users.read'], asked);
        return [answer.users, answer.nextCursor];
      }),
    /** users.write; with a role tag also identity_tags.write. */
    sync: async (user: SyncedUser): Promise<{ outcome: SyncOutcome; id: string }> => {
      const needs = ['users.write', ...(user.roleTag === undefined ? [] : ['identity_tags.write'])];
      const { outcome, id } = await this.host.call(HOST_SERVICE.SyncUser, needs, user);
      return { id, outcome: OUTCOMES[outcome] ?? 'unchanged' };
    },
    /** identity_tags.write; an empty tag takes it away. */
    setRoleTag: async (username: string, tenant: string, roleTag: string): Promise<void> => {
      const asked = { username, tenant, roleTag };
      await this.host.call(HOST_SERVICE.SetIdentityTag, ['identity_tags.write'], asked);
    },
  };

  readonly roles = {
    /** roles.read */
    list: async (): Promise<Role[]> => (await this.host.call(HOST_SERVICE.ListRoles, ['roles.read'], {})).roles,
    /** roles.write */
    upsert: async (tag: string, description: string): Promise<void> => {
      await this.host.call(HOST_SERVICE.UpsertRole, ['roles.write'], { tag, description });
    },
  };

  readonly containers = {
    /** containers.read: of a tenant, or of all it may see. */
    list: (tenant = ''): AsyncGenerator<Container> =>
      everyOne(async (cursor) => {
        const asked = { tenant, cursor, limit: 1000 };
        const answer = await this.host.call(HOST_SERVICE.ListContainers, ['containers.read'], asked);
        const containers = answer.containers.map(({ createdAtMs, ...one }) => ({
          ...one,
          createdAt: new Date(createdAtMs),
        }));
        return [containers, answer.nextCursor];
      }),
  };

  readonly events = {
    /** events.read: what happens from now on; `["container.*"]`, or nothing for all that plugin.json names. */
    subscribe: (kinds: string[], listening: Listening | Listening['onEvent']): Subscription => {
      const listener = typeof listening === 'function' ? { onEvent: listening } : listening;
      const subscription = new Subscription(this.host, kinds, listener, (message) => this.log.warn(message));
      this.subscriptions.add(subscription);
      return subscription;
    },
    /** events.emit: told to everybody who listens as plugin.<name>.<event>. */
    emit: async (event: string, data: JsonObject = {}, { tenant = '' } = {}): Promise<void> => {
      const asked = { event, tenant, data: toStruct(data) };
      await this.host.call(HOST_SERVICE.EmitEvent, ['events.emit'], asked);
    },
  };

  /** storage: values of its own, 1,000 of 64 KiB. */
  readonly storage = {
    get: async (key: string): Promise<Buffer | undefined> => {
      const { isThere, value } = await this.host.call(HOST_SERVICE.GetValue, STORAGE, { key });
      return isThere ? value : undefined;
    },
    set: async (key: string, value: string | Uint8Array): Promise<void> => {
      const asked = { key, value: typeof value === 'string' ? Buffer.from(value) : value };
      await this.host.call(HOST_SERVICE.SetValue, STORAGE, asked);
    },
    delete: async (key: string): Promise<void> => {
      await this.host.call(HOST_SERVICE.DeleteValue, STORAGE, { key });
    },
    keys: async (prefix = ''): Promise<string[]> =>
      (await this.host.call(HOST_SERVICE.ListKeys, STORAGE, { prefix })).keys,
  };

  /** Ends what it listens to. */
  close(): void {
    for (const subscription of this.subscriptions) subscription.close();
    this.subscriptions.clear();
    this.host.close();
  }
}

const STORAGE = ['storage'];
const OUTCOMES: Partial<Record<string, SyncOutcome>> = {
  OUTCOME_CREATED: 'created',
  OUTCOME_UPDATED: 'updated',
  OUTCOME_UNCHANGED: 'unchanged',
};

async function* everyOne<One>(page: (cursor: string) => Promise<[One[], string]>): AsyncGenerator<One> {
  let cursor = '';
  do {
    const [found, next] = await page(cursor);
    yield* found;
    cursor = next;
  } while (cursor !== '');
}
