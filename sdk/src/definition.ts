import type { PluginContext } from './context.js';
import type { JsonObject } from './json.js';

/** What a plugin is: hand it to `servePlugin`. What is left out, the plugin does not do. */
export interface PluginDefinition {
  /** The same as in plugin.json. */
  version: string;
  /** Called with what was granted and set; it answers when it is ready to work, within 5 s. Again after a change. */
  initialize?(context: PluginContext): void | Promise<void>;
  /** Every 30 s. Left out, it is healthy while it answers. */
  health?(): HealthReport | Promise<HealthReport>;
  /** Who there should be. The core compares, asks its own rules, and writes. */
  syncUsers?(request: UserSync): AsyncIterable<UserPage> | Iterable<UserPage>;
  actions?: Record<string, ActionDefinition>;
  hooks?: {
    deploy?: HookMoments<Deploy>;
    access?: HookMoments<AccessChange>;
  };
  /** Entries for the catalogue, each a preset as presets/*.json has them. */
  presets?(): JsonObject[] | Promise<JsonObject[]>;
  /** Ways for alerts to reach people, by their ids. */
  channels?: Record<string, ChannelDefinition>;
  /** Passes a message on. The same `deliveryId` may come twice and is passed on once. */
  sendNotice?(notice: Notice): void | Promise<void>;
  metrics?(): PluginMetric[] | Promise<PluginMetric[]>;
  /** Puts away what it holds, within 5 s. */
  shutdown?(): void | Promise<void>;
}

export interface HealthReport {
  status: 'healthy' | 'degraded' | 'unhealthy';
  message?: string;
  /** Numbers worth a look, by name. */
  numbers?: Record<string, number>;
}

export interface UserSync {
  /** Nothing will be written; it may leave out what costs much. */
  dryRun: boolean;
  /** At most so many; 0 is as many as there are, up to 10,000. */
  limit: number;
  /** Where the last one stopped, as the plugin said it itself; empty at first. */
  cursor: string;
  /** What the person added. */
  options: JsonObject;
  /** Aborted when nobody waits any longer. */
  signal: AbortSignal;
}

export interface UserPage {
  users: SyncedUser[];
  /** Where to go on the next time. */
  cursor?: string;
  /** Tells a person what is going on. */
  message?: string;
  /** How many there will be, once it knows. */
  total?: number;
}

/** Somebody who should be there. What is left out stays as it is. */
export interface SyncedUser {
  /** 3 to 32 of a-z, 0-9, dot, dash and underscore. */
  username: string;
  /** The tenant's slug. */
  tenant: string;
  displayName?: string;
  email?: string;
  /** Of the role catalogue; needs the scope identity_tags.write. */
  roleTag?: string;
  isActive?: boolean;
}

/** Something a person may have it do. */
export interface ActionDefinition {
  title: string;
  description?: string;
  /** What is asked of the person first: a JSON Schema of an object. */
  form?: JsonObject;
  /** Asks again before it begins. */
  isDangerous?: boolean;
  /** Yields how far it is; what it returns is shown as its result. */
  run(call: ActionCall): AsyncGenerator<Progress, JsonObject | void> | Promise<JsonObject | void>;
}

export interface ActionCall {
  input: JsonObject;
  /** Names this run; the same one again is the same run. */
  operationId: string;
  askedBy: string;
  /** Aborted when it is cancelled. */
  signal: AbortSignal;
}

export interface Progress {
  /** From 0 to 1. */
  done?: number;
  message?: string;
}

/** `validate`: may it be? `before`: right before it begins, "no" ends it. `after`: told, the answer changes nothing. */
export interface HookMoments<Asked> {
  validate?(asked: Asked): Refusal | undefined | Promise<Refusal | undefined>;
  before?(asked: Asked): Refusal | undefined | Promise<Refusal | undefined>;
  after?(asked: Asked): void | Promise<void>;
}

/** No answer is a yes. */
export interface Refusal {
  /** Shown to the person, at most 500 characters. */
  refused: string;
  /** The field it is about, such as "name". */
  field?: string;
}

export interface Deploy {
  tenant: string;
  containerName: string;
  image: string;
  preset: string;
  environment: string;
  askedBy: string;
  labels: Record<string, string>;
  /** Only after: "done", "failed" or "cancelled". */
  outcome: string;
  operationId: string;
}

export interface AccessChange {
  tenant: string;
  from: string;
  to: string;
  role: string;
  target: string;
  /** Nothing where it is for good. */
  until: Date | undefined;
}

export interface ChannelDefinition {
  title: string;
  /** What a channel of this kind is set with: a JSON Schema of an object. */
  settings?: JsonObject;
}

export interface Notice {
  channelKind: string;
  channelSettings: JsonObject;
  deliveryId: string;
  title: string;
  text: string;
  address: string;
  severity: string;
}

export interface PluginMetric {
  /** ^[a-z][a-z0-9_]{0,63}$ */
  name: string;
  help: string;
  value: number;
  isCounter?: boolean;
  labels?: Record<string, string>;
}
