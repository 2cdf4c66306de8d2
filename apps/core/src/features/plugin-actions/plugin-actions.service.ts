import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Operation,
  type PluginAction,
  PluginActionName,
  type PluginActionList,
  type PluginActionReport,
  type PluginId,
  type RunPluginAction,
} from '@bailiwick/contract';
import { AccessService } from '../../foundation/access/access.service.js';
import type { Actor } from '../../foundation/access/actor.js';
import { StepUpService } from '../../foundation/identity/step-up.service.js';
import { OperationsService } from '../../foundation/operations/operations.service.js';
import { conflict, invalid, notFound } from '../../kernel/errors.js';
import type { JsonObject } from '../../kernel/grpc/struct.rules.js';
import { versionOf } from '../access/grants.rules.js';
import { type InstalledPlugin, PluginPackages } from '../plugin-packages/plugin-packages.service.js';
import { PluginProcesses } from '../plugin-processes/plugin-processes.service.js';
import { checkSettings, readSettingsSchema } from '../plugins/plugin-settings.rules.js';
import { act, type ActPlan, type Acting } from './act.operation.js';

/** What staff may have plugins do. */
@Injectable()
export class PluginActionsService implements OnModuleInit {
  private readonly definition = act((plan, acting) => this.act(plan, acting));

  constructor(
    private readonly access: AccessService,
    private readonly operations: OperationsService,
    private readonly packages: PluginPackages,
    private readonly processes: PluginProcesses,
    private readonly stepUp: StepUpService,
  ) {}

  onModuleInit(): void {
    this.operations.register(this.definition);
  }

  /** Empty while it does not run, and where it can do nothing. */
  list(actor: Actor, id: PluginId): PluginActionList {
    const items = this.actionsOf(this.find(actor, id));
    return { items, version: versionOf(items) };
  }

  start(actor: Actor, id: PluginId, name: PluginActionName, { input: given }: RunPluginAction, idempotencyKey: string | undefined): Promise<Operation> {
    const plugin = this.find(actor, id);
    this.access.require(actor, 'plugins.manage', null);
    const action = this.actionsOf(plugin).find((known) => known.id === name);
    if (!action) throw notFound('action', name);
    this.stepUp.assertProved(actor);
    const input: ActPlan = { pluginId: id, name: plugin.name, action: name, title: action.title, input: checked(action, given) };
    return this.operations.start(
      actor,
      this.definition,
      { input, tenantId: actor.tenantId, environmentId: null, containerId: null, label: `${plugin.name}: ${action.title}` },
      { idempotencyKey },
    );
  } // prettier-ignore

  private async act({ pluginId, action, title, input }: ActPlan, { operationId, askedBy, signal, tell }: Acting): Promise<PluginActionReport> {
    let [message, result]: [string, JsonObject | null] = ['', null];
    const request = { action, input: input as JsonObject, operationId, askedBy };
    await this.processes.call(pluginId, async (client, withinMs) => {
      for await (const step of client.runAction(request, withinMs, signal)) {
        message = step.message || message;
        result = step.result ?? result;
        tell(step.done, message);
        signal.throwIfAborted();
      }
    });
    return { action, title, message, result };
  } // prettier-ignore

  /** Those with a name that is one; all others are not there. */
  private actionsOf({ id, manifest }: InstalledPlugin): PluginAction[] {
    if (!manifest?.provides.includes('actions')) return [];
    return this.processes.actionsOf(id).flatMap((said) => {
      const name = PluginActionName.safeParse(said.id);
      return name.success ? [{ ...said, id: name.data }] : [];
    });
  }

  private find(actor: Actor, id: PluginId): InstalledPlugin {
    this.access.require(actor, 'plugins.see', null);
    const plugin = this.packages.find(id);
    if (!plugin) throw notFound('plugin', id);
    return plugin;
  }
}

/** 400 with what does not fit the form; 409 where the form itself cannot be read. */
function checked({ form }: PluginAction, input: JsonObject): JsonObject {
  if (Object.keys(form).length === 0) {
    const [foreign] = Object.keys(input);
    if (foreign !== undefined) throw invalid([{ path: `input.${foreign}`, code: 'unrecognized_keys', message: 'is not asked for' }]); // prettier-ignore
    return {};
  }
  const read = readSettingsSchema(form);
  if ('error' in read) throw conflict('wrong_state', `The form of this action cannot be read: ${read.error}`);
  const result = checkSettings(read.schema, input);
  if ('issues' in result) throw invalid(result.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^values/, 'input') }))); // prettier-ignore
  return result.settings;
}
