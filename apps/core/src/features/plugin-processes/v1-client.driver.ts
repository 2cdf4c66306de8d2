import { credentials, Metadata } from '@grpc/grpc-js';
import type { Struct__Output } from '../../generated/google/protobuf/Struct.js';
import type { PluginServiceClient } from '../../generated/nebula/plugin/v1/PluginService.js';
import type { ProtoGrpcType } from '../../generated/plugin_api_v1.js';
import { loadProto } from '../../kernel/grpc/protos.js';
import { fromStruct, type Json, type JsonObject, toStruct } from '../../kernel/grpc/struct.rules.js';
import { ask, CHANNEL, untilReady } from './grpc-calls.js';
import {
  type ActionStep,
  type HookAnswer,
  PluginClient,
  PluginFault,
  type SaidHealth,
  type SyncPage,
  type SyncRequest,
} from './plugin-client.js';

const PROTO = 'nebula/plugin/v1/plugin_api_v1.proto';
const WELL = new Set(['ok', 'healthy', 'ready', 'up']);

/** Speaks nebula.plugin.v1. */
export class V1Client extends PluginClient {
  private readonly client: PluginServiceClient;
  readonly actions = [];
  private readonly metadata = new Metadata();

  constructor(rootDir: string, address: string, token: string) {
    super();
    const { nebula } = loadProto<ProtoGrpcType>(rootDir, PROTO);
    this.client = new nebula.plugin.v1.PluginService(address, credentials.createInsecure(), CHANNEL);
    this.metadata.set('x-nebula-token', token);
  }

  /** It knows no beginning: that it listens and answers is all there is. */
  async begin(_beginning: unknown, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    await untilReady(this.client, withinMs);
    await this.health(Math.max(1, deadline - Date.now()));
  }

  async health(withinMs: number): Promise<SaidHealth> {
    const answer = await ask<Struct__Output>((...call) => this.client.health({}, ...call), this.metadata, withinMs);
    return toHealth(fromStruct(answer));
  }

  async *syncUsers(request: SyncRequest, withinMs: number): AsyncGenerator<SyncPage> {
    const { dryRun, limit, cursor, options } = request;
    const payload = toStruct({ ...options, dry_run: dryRun, limit, cursor });
    const answer = await ask<Struct__Output>((...call) => this.client.syncUsers(payload, ...call), this.metadata, withinMs);
    const { users, cursor: next, message } = fromStruct(answer);
    yield {
      users: Array.isArray(users) ? users.filter(isObject).map(fromV1) : [],
      cursor: typeof next === 'string' ? next : '',
      message: typeof message === 'string' ? message : '',
      total: null,
    };
  } // prettier-ignore

  // eslint-disable-next-line require-yield -- there is nothing it could tell
  async *runAction(): AsyncGenerator<ActionStep> {
    await Promise.reject(new PluginFault('It is of the first version, which knows no actions.'));
  }

  hookDeploy(): Promise<HookAnswer> {
    return Promise.reject(new PluginFault('It is of the first version, which knows no hooks.'));
  }

  /** It is told by SIGTERM. */
  async shutdown(): Promise<void> {}

  close(): void {
    this.client.close();
  }
}

/** Whatever is no complaint is well. */
function toHealth(said: JsonObject): SaidHealth {
  const { status, ok, healthy, message, error } = said;
  const isWell = ok !== false && healthy !== false && (typeof status !== 'string' || WELL.has(status.toLowerCase()));
  const numbers = Object.entries(said).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  return {
    state: isWell ? 'well' : status === 'degraded' ? 'partly' : 'unwell',
    message: [message, error].find((text): text is string => typeof text === 'string') ?? '',
    numbers: Object.fromEntries(numbers),
  };
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Its names for what v2 calls otherwise. */
const fromV1 = ({ username, db_name, display_name, email, role_tag, is_active }: JsonObject) =>
  Object.fromEntries(
    Object.entries({ username, tenant: slugOf(db_name), displayName: display_name, email, roleTag: role_tag, isActive: is_active })
      .filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ); // prettier-ignore

/** It names the file of a tenant; `system.db` is none, and so is no tenant. */
const slugOf = (name: Json | undefined): Json | undefined =>
  typeof name === 'string' ? name.replace(/\.db$/, '') : name;
