import { type Metadata, Server, ServerCredentials, type ServerWritableStream, status } from '@grpc/grpc-js';
import type { Event } from '../generated/bailiwick/plugin/v2/Event.js';
import type { EventBatch } from '../generated/bailiwick/plugin/v2/EventBatch.js';
import type { HostHandlers } from '../generated/bailiwick/plugin/v2/Host.js';
import type { SubscribeRequest__Output } from '../generated/bailiwick/plugin/v2/SubscribeRequest.js';
import type { SyncUserRequest__Output } from '../generated/bailiwick/plugin/v2/SyncUserRequest.js';
import { HOST_SERVICE, LIMITS } from '../protocols.js';
import { Answered, carries, unary } from '../serving.js';

/** Which scope a method of the core needs; none for the log. */
const NEEDS = {
  ListUsers: 'users.read',
  SyncUser: 'users.write',
  SetIdentityTag: 'identity_tags.write',
  ListRoles: 'roles.read',
  UpsertRole: 'roles.write',
  ListContainers: 'containers.read',
  Subscribe: 'events.read',
  EmitEvent: 'events.emit',
  GetValue: 'storage',
  SetValue: 'storage',
  DeleteValue: 'storage',
  ListKeys: 'storage',
  WriteLog: undefined,
} as const;
export type HostMethod = keyof typeof NEEDS;

export interface AskedOfHost {
  method: HostMethod;
  /** Whether it came with the plugin's token. */
  isKnown: boolean;
  scope: string | undefined;
}

/** The core's side as a plugin sees it: a few invented people and containers, scopes as they are granted. */
export class PlayedHost {
  scopes = new Set<string>();
  readonly asked: AskedOfHost[] = [];
  readonly logged: string[] = [];
  readonly synced: SyncUserRequest__Output[] = [];
  readonly emitted: string[] = [];
  readonly kept = new Map<string, Buffer>();
  private readonly listeners = new Set<ServerWritableStream<SubscribeRequest__Output, EventBatch>>();
  private server: Server | undefined;

  constructor(
    readonly address: string,
    private readonly token: string,
  ) {}

  async start(): Promise<void> {
    const server = new Server(LIMITS);
    server.addService(HOST_SERVICE, this.handlers());
    await new Promise<void>((resolve, reject) => {
      server.bindAsync(this.address, ServerCredentials.createInsecure(), (error) =>
        error ? reject(error) : resolve(),
      );
    });
    this.server = server;
  }

  stop(): void {
    this.listeners.clear();
    this.server?.forceShutdown();
    this.server = undefined;
  }

  get listening(): number {
    return this.listeners.size;
  }

  /** To everybody who listens to their kind. */
  tell(events: Event[], leftOut = 0): void {
    for (const listener of this.listeners) {
      const { kinds } = listener.request;
      const heard = events.filter(({ kind = '' }) => kinds.length === 0 || kinds.some((one) => isOf(kind, one)));
      if (heard.length > 0 || leftOut > 0) listener.write({ events: heard, leftOut });
    }
  }

  private admit(method: HostMethod) {
    return (metadata: Metadata) => {
      const isKnown = carries(metadata, 'authorization', `Bearer ${this.token}`);
      const scope = NEEDS[method];
      this.asked.push({ method, isKnown, scope });
      if (!isKnown) throw new Answered(status.UNAUTHENTICATED, 'The token is missing or wrong.');
      if (scope && !this.scopes.has(scope))
        throw new Answered(status.PERMISSION_DENIED, `The scope ${scope} was not granted.`);
    };
  }

  private handlers(): HostHandlers {
    return {
      ListUsers: unary(this.admit('ListUsers'), ({ tenant }) => ({
        users: ['ada', 'grace', 'linus'].map((username, at) => ({
          id: `usr_${at}`,
          username,
          displayName: username,
          tenant,
          isActive: true,
        })),
      })),
      SyncUser: unary(this.admit('SyncUser'), (asked) => {
        this.synced.push(asked);
        return { outcome: 'OUTCOME_CREATED' as const, id: `usr_${asked.username}` };
      }),
      SetIdentityTag: unary(this.admit('SetIdentityTag'), () => ({})),
      ListRoles: unary(this.admit('ListRoles'), () => ({ roles: [{ tag: 'user', description: 'Everybody' }] })),
      UpsertRole: unary(this.admit('UpsertRole'), () => ({})),
      ListContainers: unary(this.admit('ListContainers'), ({ tenant, cursor }) => {
        const at = cursor === '' ? 1 : 2;
        const one = {
          id: `ct_${at}`,
          name: `web-${at}`,
          tenant: tenant || 'default',
          image: 'nginx',
          state: 'running',
        };
        return {
          containers: [{ ...one, environment: 'env_1', createdAtMs: 1000 }],
          nextCursor: at === 1 ? 'more' : '',
        };
      }),
      Subscribe: (call) => {
        try {
          this.admit('Subscribe')(call.metadata);
        } catch (error) {
          const { code, message } = error as Answered;
          call.emit('error', { code, details: message });
          return;
        }
        this.listeners.add(call);
        call.once('cancelled', () => this.listeners.delete(call));
      },
      EmitEvent: unary(this.admit('EmitEvent'), ({ event }) => {
        this.emitted.push(event);
        return {};
      }),
      GetValue: unary(this.admit('GetValue'), ({ key }) => {
        const value = this.kept.get(key);
        return value ? { isThere: true, value } : { isThere: false };
      }),
      SetValue: unary(this.admit('SetValue'), ({ key, value }) => {
        this.kept.set(key, value);
        return {};
      }),
      DeleteValue: unary(this.admit('DeleteValue'), ({ key }) => {
        this.kept.delete(key);
        return {};
      }),
      ListKeys: unary(this.admit('ListKeys'), ({ prefix }) => ({
        keys: [...this.kept.keys()].filter((key) => key.startsWith(prefix)),
      })),
      WriteLog: unary(this.admit('WriteLog'), ({ message }) => {
        this.logged.push(message);
        return {};
      }),
    };
  }
}

const isOf = (kind: string, pattern: string) =>
  pattern.endsWith('*') ? kind.startsWith(pattern.slice(0, -1)) : kind === pattern;
