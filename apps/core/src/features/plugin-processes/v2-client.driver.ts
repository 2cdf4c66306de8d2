import { credentials, Metadata } from '@grpc/grpc-js';
import type { Action__Output } from '../../generated/bailiwick/plugin/v2/Action.js';
import type { Description__Output } from '../../generated/bailiwick/plugin/v2/Description.js';
import type { HealthResponse__Output } from '../../generated/bailiwick/plugin/v2/HealthResponse.js';
import type { HookAnswer__Output } from '../../generated/bailiwick/plugin/v2/HookAnswer.js';
import type { PluginClient as Service } from '../../generated/bailiwick/plugin/v2/Plugin.js';
import type { ProtoGrpcType } from '../../generated/plugin.js';
import { loadProto } from '../../kernel/grpc/protos.js';
import { setOnly } from '../../kernel/grpc/set-only.rules.js';
import { fromStruct, toStruct } from '../../kernel/grpc/struct.rules.js';
import { ask, CHANNEL, told, untilReady } from './grpc-calls.js';
import {
  type ActionRequest,
  type ActionStep,
  type DeployFacts,
  type HookAnswer,
  type HookMoment,
  type PluginBeginning,
  PluginClient,
  PluginFault,
  type SaidAction,
  type SaidHealth,
  type SyncPage,
  type SyncRequest,
} from './plugin-client.js';

const MOMENTS = { validate: 1, before: 2, after: 3 } as const;
const WORDS = 500;
const ACTIONS = 100;
const PROTO = 'bailiwick/plugin/v2/plugin.proto';
/** By the number of `HealthResponse.Status`; who names none is taken at its word that it is well. */
const STATES: Readonly<Record<number, SaidHealth['state']>> = { 2: 'partly', 3: 'unwell' };

/** Speaks bailiwick.plugin.v2. */
export class V2Client extends PluginClient {
  private readonly client: Service;
  actions: readonly SaidAction[] = [];
  private readonly metadata = new Metadata();

  constructor(rootDir: string, address: string, token: string) {
    super();
    const { bailiwick } = loadProto<ProtoGrpcType>(rootDir, PROTO);
    this.client = new bailiwick.plugin.v2.Plugin(address, credentials.createInsecure(), CHANNEL);
    this.metadata.set('authorization', `Bearer ${token}`);
  }

  async begin(beginning: PluginBeginning, withinMs: number): Promise<void> {
    const deadline = Date.now() + withinMs;
    const left = () => Math.max(1, deadline - Date.now());
    const { client, metadata } = this;
    await untilReady(client, left());
    const { name, actions = [] } = await ask<Description__Output>(
      (...call) => client.describe({}, ...call),
      metadata,
      left(),
    );
    if (name !== beginning.name) throw new PluginFault(`It says that it is ${JSON.stringify(name?.slice(0, 64))}.`);
    this.actions = actions.slice(0, ACTIONS).map(toAction);
    const { scopes, settings, tenants, hostAddress, coreVersion } = beginning;
    const told = { scopes: [...scopes], settings: toStruct(settings), tenants: [...tenants], hostAddress, coreVersion };
    await ask((...call) => client.initialize(told, ...call), metadata, left());
  }

  async health(withinMs: number): Promise<SaidHealth> {
    return toHealth(await ask((...call) => this.client.health({}, ...call), this.metadata, withinMs));
  }

  async *syncUsers(request: SyncRequest, withinMs: number, signal: AbortSignal): AsyncGenerator<SyncPage> {
    const { options, ...rest } = request;
    const asked = { ...rest, options: toStruct(options) };
    const pages = told(() => this.client.syncUsers(asked, this.metadata), withinMs, signal);
    for await (const { users = [], cursor = '', message = '', total } of pages)
      yield { users: users.map(setOnly), cursor, message, total: total ?? null };
  }

  async *runAction(request: ActionRequest, withinMs: number, signal: AbortSignal): AsyncGenerator<ActionStep> {
    const asked = { ...request, input: toStruct(request.input) };
    for await (const { done, message = '', result } of told(() => this.client.runAction(asked, this.metadata), withinMs, signal))
      yield {
        done: done === undefined ? null : Math.min(1, Math.max(0, done)),
        message: message.slice(0, WORDS),
        result: result ? fromStruct(result) : null,
      };
  } // prettier-ignore

  async hookDeploy(moment: HookMoment, facts: DeployFacts, withinMs: number): Promise<HookAnswer> {
    const request = { ...facts, moment: MOMENTS[moment] };
    const { isRefused = false, reason = '', field = '' } = await ask<HookAnswer__Output>((...call) => this.client.hookDeploy(request, ...call), this.metadata, withinMs);
    return { isRefused, reason: reason.slice(0, WORDS), field: field.slice(0, 100) };
  } // prettier-ignore

  async shutdown(withinMs: number): Promise<void> {
    await ask((...call) => this.client.shutdown({}, ...call), this.metadata, withinMs);
  }

  close(): void {
    this.client.close();
  }
}

const toHealth = ({ status = 0, message = '', numbers = {} }: HealthResponse__Output): SaidHealth => ({
  state: STATES[Number(status)] ?? 'well',
  message,
  numbers: Object.fromEntries(Object.entries(numbers)),
});

const toAction = ({
  id = '',
  title = '',
  description = '',
  form,
  isDangerous = false,
}: Action__Output): SaidAction => ({
  id,
  title: title.slice(0, 80),
  description: description.slice(0, WORDS),
  form: fromStruct(form),
  isDangerous,
});
