import { type Metadata, status } from '@grpc/grpc-js';
import { type PluginPlace, readPlace } from './config.js';
import { PluginContext } from './context.js';
import type { ActionDefinition, HealthReport, HookMoments, PluginDefinition, Refusal } from './definition.js';
import type { AccessHookRequest__Output } from './generated/bailiwick/plugin/v2/AccessHookRequest.js';
import type { ActionProgress } from './generated/bailiwick/plugin/v2/ActionProgress.js';
import type { DeployHookRequest__Output } from './generated/bailiwick/plugin/v2/DeployHookRequest.js';
import type { Description } from './generated/bailiwick/plugin/v2/Description.js';
import type { HealthResponse } from './generated/bailiwick/plugin/v2/HealthResponse.js';
import type { HookAnswer } from './generated/bailiwick/plugin/v2/HookAnswer.js';
import type { HookMoment__Output } from './generated/bailiwick/plugin/v2/HookMoment.js';
import type { InitializeRequest__Output } from './generated/bailiwick/plugin/v2/InitializeRequest.js';
import type { Notice__Output } from './generated/bailiwick/plugin/v2/Notice.js';
import type { RunActionRequest__Output } from './generated/bailiwick/plugin/v2/RunActionRequest.js';
import type { SyncUsersPage } from './generated/bailiwick/plugin/v2/SyncUsersPage.js';
import type { SyncUsersRequest__Output } from './generated/bailiwick/plugin/v2/SyncUsersRequest.js';
import { PLUGIN_SERVICE } from './protocols.js';
import { Answered, carries, listen, type Serving, streaming, unary } from './serving.js';
import { fromStruct, toStruct } from './struct.rules.js';

const MAX_REASON = 500;
const STATUSES = { healthy: 'STATUS_HEALTHY', degraded: 'STATUS_DEGRADED', unhealthy: 'STATUS_UNHEALTHY' } as const;

/** Serves bailiwick.plugin.v2 until the core ends the process. */
export function servePlugin(definition: PluginDefinition, place: PluginPlace = readPlace()): Promise<Serving> {
  return new ServedPlugin(definition, place).serve();
}

class ServedPlugin {
  private context: PluginContext | undefined;
  private isShutDown = false;

  constructor(
    private readonly definition: PluginDefinition,
    private readonly place: PluginPlace,
  ) {}

  serve(): Promise<Serving> {
    const known = (metadata: Metadata) => this.assertKnown(metadata);
    const ready = (metadata: Metadata) => this.assertReady(metadata);
    const handlers = {
      Describe: unary(known, () => this.describe()),
      Initialize: unary(known, (asked: InitializeRequest__Output) => this.initialize(asked)),
      Health: unary(ready, () => this.health()),
      Shutdown: unary(known, async () => {
        await this.shutdown();
        return {};
      }),
      SyncUsers: streaming(ready, (asked: SyncUsersRequest__Output, signal) => this.syncUsers(asked, signal)),
      RunAction: streaming(ready, (asked: RunActionRequest__Output, signal) => this.runAction(asked, signal)),
      HookDeploy: unary(ready, (asked: DeployHookRequest__Output) => {
        const { moment, ...deploy } = asked;
        return answerTo('HookDeploy', this.definition.hooks?.deploy, moment, deploy);
      }),
      HookAccess: unary(ready, (asked: AccessHookRequest__Output) => {
        const { moment, untilMs, ...change } = asked;
        const until = untilMs > 0 ? new Date(untilMs) : undefined;
        return answerTo('HookAccess', this.definition.hooks?.access, moment, { ...change, until });
      }),
      ListPresets: unary(ready, async () => ({
        presets: (await provided('presets', this.definition)()).map(toStruct),
      })),
      SendNotice: unary(ready, async (asked: Notice__Output) => {
        const send = provided('sendNotice', this.definition);
        await send({ ...asked, channelSettings: fromStruct(asked.channelSettings) });
        return {};
      }),
      ReadMetrics: unary(ready, async () => ({ metrics: await provided('metrics', this.definition)() })),
    };
    return listen(this.place, [[PLUGIN_SERVICE, handlers]], () => this.shutdown());
  }

  private assertKnown(metadata: Metadata): void {
    if (!carries(metadata, 'authorization', `Bearer ${this.place.token}`))
      throw new Answered(status.UNAUTHENTICATED, 'The metadata authorization: Bearer <token> is missing or wrong.');
  }

  private assertReady(metadata: Metadata): void {
    this.assertKnown(metadata);
    if (!this.context) throw new Answered(status.FAILED_PRECONDITION, 'Initialize comes first.');
  }

  private describe(): Description {
    const { version, actions = {}, channels = {} } = this.definition;
    return {
      name: this.place.name,
      version,
      actions: Object.entries(actions).map(([id, { title, description = '', form, isDangerous = false }]) => ({
        id,
        title,
        description,
        isDangerous,
        ...(form ? { form: toStruct(form) } : {}),
      })),
      channels: Object.entries(channels).map(([id, { title, settings }]) => ({
        id,
        title,
        ...(settings ? { settings: toStruct(settings) } : {}),
      })),
    };
  }

  private async initialize(asked: InitializeRequest__Output): Promise<Record<string, never>> {
    this.context?.close();
    const context = new PluginContext(this.place.name, this.place.token, asked);
    this.context = undefined;
    try {
      await this.definition.initialize?.(context);
    } catch (error) {
      context.close();
      throw error;
    }
    this.context = context;
    return {};
  }

  private async health(): Promise<HealthResponse> {
    const report: HealthReport = (await this.definition.health?.()) ?? { status: 'healthy' };
    return { status: STATUSES[report.status], message: report.message ?? '', numbers: report.numbers ?? {} };
  }

  private async shutdown(): Promise<void> {
    if (this.isShutDown) return;
    this.isShutDown = true;
    await this.definition.shutdown?.();
    this.context?.close();
  }

  private async *syncUsers(asked: SyncUsersRequest__Output, signal: AbortSignal): AsyncGenerator<SyncUsersPage> {
    const syncUsers = provided('syncUsers', this.definition);
    const { dryRun, limit, cursor, options } = asked;
    yield* syncUsers({ dryRun, limit, cursor, options: fromStruct(options), signal });
  }

  private async *runAction(asked: RunActionRequest__Output, signal: AbortSignal): AsyncGenerator<ActionProgress> {
    const actions = provided('actions', this.definition);
    const action = Object.hasOwn(actions, asked.action) ? actions[asked.action] : undefined;
    if (!action) throw new Answered(status.NOT_FOUND, `There is no action ${asked.action}.`);
    const { operationId, askedBy, input } = asked;
    yield* progressOf(action.run({ input: fromStruct(input), operationId, askedBy, signal }));
  }
}

async function* progressOf(run: ReturnType<ActionDefinition['run']>): AsyncGenerator<ActionProgress> {
  if (!(Symbol.asyncIterator in run)) {
    const result = await run;
    yield { done: 1, ...(result ? { result: toStruct(result) } : {}) };
    return;
  }
  for (;;) {
    const { done, value } = await run.next();
    if (!done) yield value;
    else {
      yield { done: 1, ...(value ? { result: toStruct(value) } : {}) };
      return;
    }
  }
}

/** What the definition has under a name, or UNIMPLEMENTED. */
function provided<Name extends keyof PluginDefinition>(
  name: Name,
  definition: PluginDefinition,
): NonNullable<PluginDefinition[Name]> {
  const found = definition[name];
  if (found == null) throw new Answered(status.UNIMPLEMENTED, `This plugin has no ${name}.`);
  return typeof found === 'function' ? (found.bind(definition) as NonNullable<PluginDefinition[Name]>) : found;
}

const MOMENTS: Partial<Record<HookMoment__Output, 'validate' | 'before' | 'after'>> = {
  HOOK_MOMENT_VALIDATE: 'validate',
  HOOK_MOMENT_BEFORE: 'before',
  HOOK_MOMENT_AFTER: 'after',
};

/** A moment the plugin has nothing to say about is a yes. */
async function answerTo<Asked>(
  method: string,
  hook: HookMoments<Asked> | undefined,
  moment: HookMoment__Output,
  asked: Asked,
): Promise<HookAnswer> {
  if (!hook) throw new Answered(status.UNIMPLEMENTED, `This plugin does not answer ${method}.`);
  const name = MOMENTS[moment];
  if (!name) throw new Answered(status.INVALID_ARGUMENT, `${moment} is no moment of a hook.`);
  const refusal: Refusal | void | undefined = await hook[name]?.(asked);
  if (!refusal) return { isRefused: false };
  return { isRefused: true, reason: refusal.refused.slice(0, MAX_REASON), field: refusal.field ?? '' };
}
