import type {
  AuditVia,
  Capability,
  ContainerId,
  EnvironmentId,
  OperationId,
  TenantId,
  UserId,
} from '@bailiwick/contract';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import type { Outcome } from './operation.rules.js';

/** What is being done, as a code with params the panel turns into words. */
export interface Note {
  readonly code: string;
  readonly params: Record<string, unknown>;
}

/** Of the running step; kept in memory only. */
export interface Progress {
  readonly step: string;
  readonly percent: number | null;
  readonly note: Note | null;
}

/** What an operation knows of itself; the same before and after a restart. */
export interface OperationFacts {
  readonly id: OperationId;
  readonly tenantId: TenantId;
  readonly environmentId: EnvironmentId | null;
  readonly containerId: ContainerId | null;
  readonly actorId: UserId;
  readonly actorName: string;
  readonly via: AuditVia;
  readonly address: string | null;
}

export interface StepOptions {
  /** Takes the effect back, also when it is not sure that it ever happened. Safe to run twice. */
  readonly compensate?: () => Promise<void>;
}

export interface OperationContext<Name extends string> extends OperationFacts {
  /** Aborts when somebody cancels or the core stops; hand it to every outside call. */
  readonly signal: AbortSignal;
  /** One journaled effect. From the second attempt on it must find what the first one made and adopt it. */
  readonly step: (name: Name, work: (attempt: number) => Promise<void>, options?: StepOptions) => Promise<void>;
  /** A step whose result later steps need; after a restart it is read from the journal. */
  readonly make: <Result extends object>(
    name: Name,
    returns: z.ZodType<Result>,
    work: (attempt: number) => Promise<Result>,
    options?: StepOptions,
  ) => Promise<Result>;
  /** Of the running step; kept in memory only. */
  readonly progress: (percent: number | null, note?: Note) => void;
  /** Waits for something that happens by itself; others of the bounded number work meanwhile. */
  readonly idle: <Result>(wait: () => Promise<Result>) => Promise<Result>;
}

/** What is called once a transaction is committed: memory follows the rows. */
export type Committed = () => void;

/** Called in the transaction that finishes the operation: what must change together with its state. */
type Settle<Input> = (
  rows: EntityManager,
  input: Input,
  outcome: Outcome,
  facts: OperationFacts,
) => Promise<Committed | void>;

interface Definition<Name extends string, Input extends object> {
  /** `noun.verb`. */
  readonly name: string;
  /** Who may start it may cancel it. */
  readonly capability: Capability;
  readonly input: z.ZodType<Input>;
  /** In the order they are shown and run. */
  readonly steps: readonly Name[];
  /** False: once begun it cannot be taken back. */
  readonly cancellable?: boolean;
  /** Between steps it must decide the same way on every run: after a restart it is run again from the top. */
  readonly run: (input: Input, context: OperationContext<Name>) => Promise<object | void>;
  readonly settle?: Settle<Input>;
  /** What the audit trail says of this one beside its name and its target. */
  readonly details?: (input: Input) => Record<string, unknown>;
}

/** A definition as the runner sees it: input comes from a row and is parsed before it is used. */
export interface AnyOperation {
  readonly name: string;
  readonly capability: Capability;
  readonly steps: readonly string[];
  readonly cancellable: boolean;
  run(input: unknown, context: OperationContext<string>): Promise<object | void>;
  settle(rows: EntityManager, input: unknown, outcome: Outcome, facts: OperationFacts): Promise<Committed | void>;
  details(input: unknown): Record<string, unknown>;
}

export interface OperationDefinition<Input extends object> extends AnyOperation {
  readonly input: z.ZodType<Input>;
}

/** Declares work that outlives the request. Hand it to `OperationsService.register` when the module starts. */
export function defineOperation<const Name extends string, Input extends object>(
  definition: Definition<Name, Input>,
): OperationDefinition<Input> {
  const { name, capability, input, steps, cancellable = true, run, settle, details } = definition;
  return {
    name,
    capability,
    input,
    steps,
    cancellable,
    run: (raw, context) => run(input.parse(raw), context),
    settle: async (rows, raw, outcome, facts) => settle?.(rows, input.parse(raw), outcome, facts),
    details: (raw) => details?.(input.parse(raw)) ?? {},
  };
}
