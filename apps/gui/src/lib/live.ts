import { io, type Socket } from 'socket.io-client';
import type {
  AccessMark,
  AccessRequest,
  Alert,
  Change,
  Container,
  ContainerUsage,
  Environment,
  ErrorEnvelope,
  Gone,
  HostUsage,
  Joined,
  Operation,
  Plugin,
  Position,
  Project,
  Role,
  Team,
  Tenant,
  ToldEngineEvent,
  Topic,
  User,
} from '@bailiwick/contract';
import { api, ApiError, sessionEnded } from './api.ts';
import { retryDelayMs } from './backoff.rules.ts';
import { LiveList } from './live-list.ts';

/** Which item travels on which topic. */
export type ItemOf<T extends Topic> = T extends keyof ItemsOfLists
  ? ItemsOfLists[T]
  : T extends `access:${string}`
    ? AccessMark
    : T extends `usage:${string}`
      ? ContainerUsage
      : Operation;

interface ItemsOfLists {
  containers: Container;
  environments: Environment;
  people: User;
  tenants: Tenant;
  roles: Role;
  teams: Team;
  projects: Project;
  accessRequests: AccessRequest;
  usage: ContainerUsage;
  hostUsage: HostUsage;
  alerts: Alert;
  engineEvents: ToldEngineEvent;
  plugins: Plugin;
}

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'stale';
export interface LiveStatus {
  state: LiveState;
  /** When something was last heard of the core. */
  heardAt: number | null;
  /** When the next try to connect starts. */
  retryAt: number | null;
}

interface FromCore {
  change: (change: Change) => void;
  gone: (gone: Gone) => void;
}
interface ToCore {
  join: (join: { topic: Topic; since?: Position }, answer: (joined: Joined) => void) => void;
  leave: (leave: { topic: Topic }) => void;
}

const STALE_AFTER_MS = 30_000;
const JOIN_TIMEOUT_MS = 10_000;
const LINGER_MS = 5_000;

/** One followed topic, shared by everybody on the page who shows it. */
class Subscription<T extends Topic> {
  readonly list: LiveList<ItemOf<T>>;
  followers = 0;
  lingering: ReturnType<typeof setTimeout> | undefined;
  joining = false;
  error: ErrorEnvelope | null = null;

  constructor(
    readonly topic: T,
    initial: readonly ItemOf<T>[],
  ) {
    this.list = new LiveList(initial);
  }

  apply(change: Change): boolean {
    // The core checks what it sends against the contract; see the note in api.ts.
    const item: ItemOf<T> | undefined = trusted(change.item);
    return this.list.apply(change, item);
  }

  reset(items: readonly unknown[], position: Position): void {
    const own: readonly ItemOf<T>[] = trusted(items);
    this.list.reset(own, position);
  }
}

/** The page's one socket: connects when the first topic is followed, comes back by itself, resumes where it was. */
export class Live {
  private socket: Socket<FromCore, ToCore> | undefined;
  private readonly subscriptions = new Map<Topic, Subscription<Topic>>();
  private readonly statusListeners = new Set<() => void>();
  private current: LiveStatus = { state: 'connecting', heardAt: null, retryAt: null };
  private attempt = 0;
  private lostAt: number | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;

  status = (): LiveStatus => this.current;

  subscribeStatus = (listener: () => void): (() => void) => {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  };

  /** The list of a topic, followed until the returned function is called. */
  follow(topic: Topic): () => void {
    const subscription = this.subscription(topic);
    clearTimeout(subscription.lingering);
    subscription.followers += 1;
    if (subscription.followers === 1) this.connectOrJoin(subscription);
    return () => {
      subscription.followers -= 1;
      // Going from list to page and back must not fetch everything anew.
      if (subscription.followers === 0) subscription.lingering = setTimeout(() => this.drop(subscription), LINGER_MS);
    };
  }

  list<T extends Topic>(topic: T, initial: readonly ItemOf<T>[] = []): LiveList<ItemOf<T>> {
    const known = this.subscriptions.get(topic);
    if (known) return trusted(known.list);
    const created = new Subscription(topic, initial);
    this.subscriptions.set(topic, trusted(created));
    return created.list;
  }

  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void {
    if (this.current.state === 'live' || !this.socket) return;
    clearTimeout(this.retryTimer);
    this.attempt = 0;
    this.socket.connect();
  }

  /** Forgets everything, for whoever signs in next on this page. */
  close(): void {
    clearTimeout(this.retryTimer);
    this.socket?.close();
    this.socket = undefined;
    this.subscriptions.clear();
    this.tell({ state: 'connecting', heardAt: null, retryAt: null });
  }

  private subscription(topic: Topic): Subscription<Topic> {
    this.list(topic);
    const subscription = this.subscriptions.get(topic);
    if (!subscription) throw new Error(`no subscription to ${topic}`);
    return subscription;
  }

  private connectOrJoin(subscription: Subscription<Topic>): void {
    if (!this.socket) this.open();
    else if (this.socket.connected) this.join(subscription);
  }

  private open(): void {
    const socket: Socket<FromCore, ToCore> = io('/live', {
      path: '/socket.io',
      transports: ['websocket'],
      reconnection: false,
      autoConnect: false,
      timeout: 8_000,
    });
    this.socket = socket;
    socket.on('connect', () => this.connected());
    socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') this.lost();
    });
    socket.on('connect_error', () => {
      this.lost();
      void this.askWhetherSignedIn();
    });
    socket.on('change', (change) => this.changed(change));
    socket.on('gone', (gone) => this.gone(gone));
    socket.connect();
  }

  private connected(): void {
    this.attempt = 0;
    this.lostAt = null;
    this.tell({ state: 'live', heardAt: Date.now(), retryAt: null });
    for (const subscription of this.subscriptions.values())
      if (subscription.followers > 0) this.join(subscription, subscription.list.since ?? undefined);
  }

  private join(subscription: Subscription<Topic>, since?: Position): void {
    if (subscription.joining || !this.socket) return;
    subscription.joining = true;
    this.socket
      .timeout(JOIN_TIMEOUT_MS)
      .emit('join', { topic: subscription.topic, ...(since ? { since } : {}) }, (timeout, joined) => {
        subscription.joining = false;
        // A socket that carries no answer is replaced; `disconnect` by us does not count as lost.
        if (timeout) this.socket?.disconnect().connect();
        else this.joined(subscription, joined);
      });
  }

  private joined(subscription: Subscription<Topic>, joined: Joined): void {
    if (!joined.ok) {
      subscription.error = joined.error;
      if (joined.error.code === 'unauthenticated') sessionEnded();
      return;
    }
    subscription.error = null;
    if (joined.snapshot) subscription.reset(joined.snapshot, { epoch: joined.epoch, seq: joined.seq });
    else if (!(joined.replay ?? []).every((change) => subscription.apply(change))) this.join(subscription);
    this.tell({ ...this.current, heardAt: Date.now() });
  }

  private changed(change: Change): void {
    const subscription = this.subscriptions.get(change.topic);
    if (!subscription || subscription.followers === 0 || subscription.joining) return;
    // Before the first snapshot a change says nothing that the snapshot will not say.
    if (subscription.list.since === null) return;
    if (!subscription.apply(change)) this.join(subscription);
    this.current = { ...this.current, heardAt: Date.now() };
  }

  private gone({ topic, reason }: Gone): void {
    if (reason === 'signed_out') return sessionEnded();
    const subscription = this.subscriptions.get(topic);
    if (subscription && subscription.followers > 0) this.join(subscription);
  }

  private drop(subscription: Subscription<Topic>): void {
    if (subscription.followers > 0) return;
    this.subscriptions.delete(subscription.topic);
    if (this.socket?.connected) this.socket.emit('leave', { topic: subscription.topic });
  }

  private lost(): void {
    clearTimeout(this.retryTimer);
    this.lostAt ??= Date.now();
    const delay = retryDelayMs(this.attempt, randomShare());
    this.attempt += 1;
    const state = Date.now() - this.lostAt > STALE_AFTER_MS ? 'stale' : 'reconnecting';
    this.tell({ ...this.current, state, retryAt: Date.now() + delay });
    this.retryTimer = setTimeout(() => this.socket?.connect(), delay);
  }

  /** A refused socket does not say why. Without a session there is nothing to try until somebody signs in again. */
  private async askWhetherSignedIn(): Promise<void> {
    const signedOut = await api('GET', '/me').then(
      () => false,
      (error: unknown) => error instanceof ApiError && error.envelope.code === 'unauthenticated',
    );
    if (!signedOut) return;
    clearTimeout(this.retryTimer);
    this.tell({ ...this.current, state: 'stale', retryAt: null });
  }

  private tell(status: LiveStatus): void {
    this.current = status;
    for (const listener of [...this.statusListeners]) listener();
  }
}

const randomShare = (): number => (crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) / 255;

/** What the core sent, taken at its word. */
function trusted<Value>(value: unknown): Value {
  return value as Value;
}
