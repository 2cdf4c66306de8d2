import {
  Metadata,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import type { HostHandlers } from '../../generated/bailiwick/plugin/v2/Host.js';
import type { EventBatch } from '../../generated/bailiwick/plugin/v2/EventBatch.js';
import type { SubscribeRequest__Output } from '../../generated/bailiwick/plugin/v2/SubscribeRequest.js';
import { isAppError } from '../../kernel/errors.js';
import { StructError, toStruct } from '../../kernel/grpc/struct.rules.js';
import type { HostWork } from './host-calls.service.js';
import { type HostCaller, type HostMethod, isOfKind, SCOPE_OF } from './host-methods.rules.js';
import { PluginEar, type PluginEvents } from './plugin-events.service.js';

/** A caller with what it is doing now. */
export interface Guest {
  readonly caller: HostCaller;
  /** A line for its log. */
  readonly log: (level: string, message: string) => void;
  inFlight: number;
  listening: number;
}

export interface Door {
  readonly work: HostWork;
  readonly events: PluginEvents;
  /** Whose metadata these are; undefined for nobody's. */
  readonly guestOf: (metadata: Metadata) => Guest | undefined;
  readonly unforeseen: (error: unknown, method: string) => void;
}

type Refusal = Pick<ServiceError, 'code' | 'details'>;

const AT_ONCE = 8;
const LISTENERS = 4;
/** Events wait so long for company. */
const BATCH_MS = 20;
const BATCH = 500;
const LEVELS = ['info', 'debug', 'info', 'warn', 'error'];
const LINE = 8192;

/** Every method of the Host service behind the same door: token, scope, bulkhead, and our errors in gRPC's words. */
export function hostHandlers(door: Door): HostHandlers {
  const { work } = door;
  return {
    ListUsers: answered(door, 'ListUsers', work.ListUsers),
    SyncUser: answered(door, 'SyncUser', work.SyncUser),
    SetIdentityTag: answered(door, 'SetIdentityTag', work.SetIdentityTag),
    ListRoles: answered(door, 'ListRoles', work.ListRoles),
    UpsertRole: answered(door, 'UpsertRole', work.UpsertRole),
    ListContainers: answered(door, 'ListContainers', work.ListContainers),
    EmitEvent: answered(door, 'EmitEvent', work.EmitEvent),
    GetValue: answered(door, 'GetValue', work.GetValue),
    SetValue: answered(door, 'SetValue', work.SetValue),
    DeleteValue: answered(door, 'DeleteValue', work.DeleteValue),
    ListKeys: answered(door, 'ListKeys', work.ListKeys),
    WriteLog: (call, done) => {
      const { guest, refusal } = admit(door, 'WriteLog', call.metadata);
      const { level = 0, message = '' } = call.request;
      if (refusal) return done(refusal);
      guest.log(LEVELS[Number(level)] ?? 'info', message.slice(0, LINE));
      return done(null, {});
    },
    Subscribe: (call) => subscribe(door, call),
  };
}

function answered<Request, Answer>(
  door: Door,
  method: HostMethod,
  work: (caller: HostCaller, request: Request) => Promise<Answer>,
) {
  return (call: ServerUnaryCall<Request, Answer>, done: sendUnaryData<Answer>): void => {
    const { guest, refusal } = admit(door, method, call.metadata);
    if (refusal) return done(refusal);
    guest.inFlight += 1;
    void work(guest.caller, call.request)
      .then(
        (answer) => done(null, answer),
        (error: unknown) => done(toRefusal(error, () => door.unforeseen(error, method))),
      )
      .finally(() => (guest.inFlight -= 1));
    return undefined;
  };
}

function admit(door: Door, method: HostMethod, metadata: Metadata): { guest: Guest; refusal?: undefined } | { guest?: undefined; refusal: Refusal } {
  const guest = door.guestOf(metadata);
  if (!guest) return { refusal: { code: status.UNAUTHENTICATED, details: 'Send the token of the plugin as authorization: Bearer.' } };
  const scope = SCOPE_OF[method];
  if (scope !== null && !guest.caller.scopes.has(scope))
    return { refusal: { code: status.PERMISSION_DENIED, details: `${method} needs the scope ${scope}, which was not granted.` } };
  if (guest.inFlight >= AT_ONCE)
    return { refusal: { code: status.RESOURCE_EXHAUSTED, details: `${AT_ONCE} calls run already; wait for one of them.` } };
  return { guest };
} // prettier-ignore

const CODES: Readonly<Record<number, status>> = {
  400: status.INVALID_ARGUMENT,
  403: status.PERMISSION_DENIED,
  404: status.NOT_FOUND,
  409: status.FAILED_PRECONDITION,
  503: status.UNAVAILABLE,
};

function toRefusal(error: unknown, unforeseen: () => void): Refusal {
  if (error instanceof StructError) return { code: status.INVALID_ARGUMENT, details: error.message };
  const code = isAppError(error) ? CODES[error.status] : undefined;
  if (isAppError(error) && code !== undefined) return { code, details: error.message };
  unforeseen();
  return { code: status.INTERNAL, details: 'Something went wrong; the log of the core says what.' };
}

function subscribe(door: Door, call: ServerWritableStream<SubscribeRequest__Output, EventBatch>): void {
  const { guest, refusal } = admit(door, 'Subscribe', call.metadata);
  if (refusal) return void call.emit('error', refusal);
  const { caller } = guest;
  const { kinds = [] } = call.request;
  const foreign = kinds.find((kind) => !caller.events.some((own) => isOfKind(kind.replace(/\*$/, ''), own)));
  if (foreign !== undefined)
    return void call.emit('error', { code: status.PERMISSION_DENIED, details: `The manifest does not name ${foreign} among its events.` }); // prettier-ignore
  if (guest.listening >= LISTENERS)
    return void call.emit('error', { code: status.RESOURCE_EXHAUSTED, details: `${LISTENERS} subscriptions run already.` }); // prettier-ignore
  guest.listening += 1;
  let timer: NodeJS.Timeout | undefined;
  let isFull = false;
  const flush = (): void => {
    timer = undefined;
    if (isFull) return;
    const { events, leftOut } = ear.take(BATCH);
    isFull = !call.write({
      events: events.map(({ kind, atMs, tenant, data }) => ({ kind, atMs, tenant, data: toStruct(data) })),
      leftOut,
    });
    if (ear.hasMore) soon();
  };
  const soon = (): void => {
    timer ??= setTimeout(flush, BATCH_MS);
  };
  const ear = new PluginEar(caller, kinds.length === 0 ? caller.events : kinds, soon);
  const stop = door.events.listen(ear);
  // Whoever subscribed knows by this that nothing is missed any more.
  call.sendMetadata(new Metadata());
  call.on('drain', () => {
    isFull = false;
    if (ear.hasMore) soon();
  });
  const end = (): void => {
    clearTimeout(timer);
    stop();
    guest.listening -= 1;
  };
  // A stream ends by one of these or by both.
  let isOver = false;
  const once = (): void => {
    if (!isOver) end();
    isOver = true;
  };
  call.once('cancelled', once);
  call.once('close', once);
  call.once('error', once);
}
