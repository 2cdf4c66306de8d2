import type { JsonObject } from '../../kernel/grpc/struct.rules.js';

/** What a plugin said of how it is. */
export interface SaidHealth {
  readonly state: 'well' | 'partly' | 'unwell';
  readonly message: string;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What it may do and how it is set, told when it begins. */
export interface PluginBeginning {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly settings: JsonObject;
  /** Slugs; none: all. */
  readonly tenants: readonly string[];
  readonly hostAddress: string;
  readonly coreVersion: string;
}

export interface SyncRequest {
  readonly dryRun: boolean;
  /** 0: as many as there are. */
  readonly limit: number;
  readonly cursor: string;
  readonly options: JsonObject;
}
/** As it came: nothing of it is believed yet. */
export interface SyncPage {
  readonly users: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly cursor: string;
  readonly message: string;
  readonly total: number | null;
}

/** Something a person may have it do, as it said when it began. */
export interface SaidAction {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** A JSON Schema of an object; empty: nothing is asked. */
  readonly form: JsonObject;
  readonly isDangerous: boolean;
}
export interface ActionRequest {
  readonly action: string;
  readonly input: JsonObject;
  readonly operationId: string;
  readonly askedBy: string;
}
export interface ActionStep {
  /** From 0 to 1; null where it does not know. */
  readonly done: number | null;
  readonly message: string;
  /** Of the last one. */
  readonly result: JsonObject | null;
}

export type HookMoment = 'validate' | 'before' | 'after';
/** What is deployed, where and by whom; names of people and places, no secrets. */
export interface DeployFacts {
  readonly tenant: string;
  readonly containerName: string;
  readonly image: string;
  readonly preset: string;
  readonly environment: string;
  readonly askedBy: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Only after. */
  readonly outcome: string;
  readonly operationId: string;
}
/** `field`: of the form it is about; empty for the whole. */
export interface HookAnswer {
  readonly isRefused: boolean;
  readonly reason: string;
  readonly field: string;
}

/** It did not answer in time. */
export class PluginTimeout extends Error {}
/** It answered, with an error or with what is none of its answers; the text is for people. */
export class PluginFault extends Error {}

/** One connection to one plugin; each call has a deadline and throws `PluginTimeout` or `PluginFault`. */
export abstract class PluginClient {
  /** Until it listens, then what it has to be told first. Its answer to `describe` must fit its manifest. */
  abstract begin(beginning: PluginBeginning, withinMs: number): Promise<void>;
  abstract health(withinMs: number): Promise<SaidHealth>;
  /**
   * Who should be there, page by page; each is waited for so long. Ends early when `signal` aborts. `v1` has one page.
   */
  abstract syncUsers(request: SyncRequest, withinMs: number, signal: AbortSignal): AsyncIterable<SyncPage>;
  /** What it said it can do; none before it has begun. */
  abstract readonly actions: readonly SaidAction[];
  abstract runAction(request: ActionRequest, withinMs: number, signal: AbortSignal): AsyncIterable<ActionStep>;
  /** Whether a deploy may be; told of its end, it answers as well, and nothing hangs on that. */
  abstract hookDeploy(moment: HookMoment, facts: DeployFacts, withinMs: number): Promise<HookAnswer>;
  /** It has so long to put away what it holds. */
  abstract shutdown(withinMs: number): Promise<void>;
  abstract close(): void;
}
