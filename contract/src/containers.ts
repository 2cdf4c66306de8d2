import * as z from 'zod';
import { ContainerId, EnvironmentId, OperationId, ProjectId, TenantId, UserId, VolumeId } from './ids.ts';
import { ErrorEnvelope } from './errors.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** The engine's grammar for names. */
export const ContainerName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}$/,
    'Use 1 to 63 letters, digits, dots, dashes or underscores, starting with a letter or digit.',
  );

export const ContainerState = z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']);
export type ContainerState = z.infer<typeof ContainerState>;
export const ContainerHealth = z.enum(['none', 'starting', 'healthy', 'unhealthy']);
export type ContainerHealth = z.infer<typeof ContainerHealth>;
/** The one word the panel shows; derived from state, health and exit code. */
export const ContainerStatus = z.enum([
  'running',
  'unhealthy',
  'starting',
  'restarting',
  'paused',
  'stopped',
  'exited',
  'killed',
  'created',
  'removing',
  'unknown',
]);
export type ContainerStatus = z.infer<typeof ContainerStatus>;

export const PublishedPort = z.object({
  ip: z.string(),
  hostPort: z.int(),
  containerPort: z.int(),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
});
export type PublishedPort = z.infer<typeof PublishedPort>;

export const Container = z.object({
  id: ContainerId,
  environmentId: EnvironmentId,
  tenantId: TenantId,
  name: z.string(),
  image: z.string(),
  state: ContainerState,
  status: ContainerStatus,
  health: ContainerHealth,
  exitCode: z.int().nullable(),
  /** Since when it is in this state, as the engine tells it; null where it does not. */
  since: Timestamp.nullable(),
  createdAt: Timestamp,
  ports: z.array(PublishedPort),
  /** Where people open it, by its launch address or domain name; null where its ports are all there is. */
  address: z.string().nullable(),
  /** The compose project it belongs to. */
  stack: z.string().nullable(),
  /** The project it is in; whoever sees the container may see that. */
  project: z.object({ id: ProjectId, name: z.string() }).nullable(),
  /** Deployed by this panel. */
  managed: z.boolean(),
  preset: z.string().nullable(),
  owner: z.object({ id: UserId, displayName: z.string() }).nullable(),
  /** The operation that is changing it right now. */
  operationId: OperationId.nullable(),
  rights: Rights,
});
export type Container = z.infer<typeof Container>;
export const ContainerList = listOf(Container);
export type ContainerList = z.infer<typeof ContainerList>;

export const ContainerSort = z.enum([
  'name',
  '-name',
  'status',
  '-status',
  'image',
  '-image',
  'createdAt',
  '-createdAt',
]);
export const ListContainers = z.strictObject({
  q: z.string().max(200).optional(),
  /** Comma-separated statuses. */
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(ContainerStatus))
    .optional(),
  env: z.string().max(64).optional(),
  tenant: z.string().max(64).optional(),
  project: z.string().max(64).optional(),
  /** Whose it is: a user id, or `me`. */
  owner: z.union([UserId, z.literal('me')]).optional(),
  sort: ContainerSort.default('name'),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(5000),
});
export type ListContainers = z.infer<typeof ListContainers>;

/** More than the list tells, from one engine inspect; staff-only fields are null for others. */
export const ContainerDetail = Container.extend({
  /** When the engine told the rest; null while it does not answer and only the last known is shown. */
  inspectedAt: Timestamp.nullable(),
  engineId: z.string().nullable(),
  imageId: z.string(),
  command: z.array(z.string()),
  entrypoint: z.array(z.string()),
  workingDir: z.string(),
  user: z.string(),
  /** Its main program is root in the container; false while the engine does not say. */
  runsAsRoot: z.boolean(),
  restartPolicy: z.object({ name: z.string(), maximumRetryCount: z.int() }),
  restartCount: z.int(),
  oomKilled: z.boolean(),
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  /** Names only; values are never sent here. */
  envNames: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  mounts: z.array(
    z.object({
      type: z.string(),
      name: z.string().nullable(),
      source: z.string().nullable(),
      target: z.string(),
      readOnly: z.boolean(),
    }),
  ),
  networks: z.array(z.object({ name: z.string(), ip: z.string().nullable() })),
  limits: z.object({ memoryBytes: z.number().nullable(), cpus: z.number().nullable(), pids: z.number().nullable() }),
  healthProbes: z.array(z.object({ at: Timestamp, exitCode: z.int(), output: z.string() })),
  tty: z.boolean(),
  /** Where its files are served besides, by a server that is not ours; null where none is told of, or its files may not be seen. */
  sftp: z.object({ host: z.string(), port: z.int(), username: z.string().nullable() }).nullable(),
});
export type ContainerDetail = z.infer<typeof ContainerDetail>;

/** What an action leaves: the container as it is afterwards. */
export const ContainerAnswer = z.object({ item: Container });
export type ContainerAnswer = z.infer<typeof ContainerAnswer>;

/** A program that runs in it. The numbers are those of its host. */
export const ContainerProcess = z.object({
  pid: z.int(),
  parentPid: z.int(),
  uid: z.string(),
  cpuPercent: z.number(),
  memoryPercent: z.number(),
  /** `[[days-]hours:]minutes:seconds`. */
  elapsed: z.string(),
  command: z.string(),
});
export type ContainerProcess = z.infer<typeof ContainerProcess>;
export const ContainerProcesses = z.object({ items: z.array(ContainerProcess) });
export type ContainerProcesses = z.infer<typeof ContainerProcesses>;

export const ContainerEndAction = z.enum(['stop', 'restart', 'kill']);
export type ContainerEndAction = z.infer<typeof ContainerEndAction>;
/** One run of it that is over. */
export const ContainerEnd = z.object({
  endedAt: Timestamp,
  /** Null where nobody saw it start. */
  startedAt: Timestamp.nullable(),
  /** Null where the engine did not say. */
  exitCode: z.int().nullable(),
  oomKilled: z.boolean(),
  /** Who asked for it here; null where it came by itself, by an operation or from outside. */
  asked: z.object({ action: ContainerEndAction, by: z.object({ id: UserId, displayName: z.string() }) }).nullable(),
  /** The operation that was changing it then. */
  operationId: OperationId.nullable(),
});
export type ContainerEnd = z.infer<typeof ContainerEnd>;
/** The newest first; as many as are kept. */
export const ContainerEnds = z.object({ items: z.array(ContainerEnd) });
export type ContainerEnds = z.infer<typeof ContainerEnds>;

/** The engine's own words, shaped by the engine; values of variables are left out. */
export const RawInspect = z.record(z.string(), z.unknown());
export type RawInspect = z.infer<typeof RawInspect>;

export const RenameContainer = z.strictObject({ name: ContainerName });
export type RenameContainer = z.infer<typeof RenameContainer>;
export const StopContainer = z.strictObject({ timeoutSeconds: z.int().min(0).max(300).default(10) });
export type StopContainer = z.infer<typeof StopContainer>;
export const KillContainer = z.strictObject({
  signal: z.enum(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']).default('SIGKILL'),
});
export type KillContainer = z.infer<typeof KillContainer>;

/** What a delete takes and what it leaves, worked out by the server. */
export const DeleteInventory = z.object({
  container: z.object({ id: ContainerId, name: z.string(), status: ContainerStatus }),
  goes: z.array(
    z.object({ kind: z.enum(['container', 'writableLayer', 'ports', 'anonymousVolume']), name: z.string() }),
  ),
  stays: z.array(
    z.object({ kind: z.enum(['volume', 'hostPath', 'image', 'auditTrail', 'workspace', 'network']), name: z.string() }),
  ),
  /** What is kept unless its data is asked to be deleted as well, as far as it is ours to delete. */
  data: z.object({
    volumes: z.array(
      z.object({
        id: VolumeId,
        name: z.string(),
        label: z.string(),
        target: z.string(),
        /** Null where the engine does not say. */
        sizeBytes: z.int().nullable(),
      }),
    ),
    /** Whether the asker may delete all of it. */
    deletable: z.boolean(),
  }),
  /** Why it cannot be deleted as it is. */
  blocked: z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) }).nullable(),
});
export type DeleteInventory = z.infer<typeof DeleteInventory>;
export const DeleteContainer = z.strictObject({
  force: z.boolean().default(false),
  /** Its volumes as well, for ever: asks for `confirmName` and a fresh proof of who asks. */
  deleteData: z.boolean().default(false),
  /** The name of the container, typed. */
  confirmName: z.string().max(255).optional(),
});
export type DeleteContainer = z.infer<typeof DeleteContainer>;

export const BulkAction = z.enum(['start', 'stop', 'restart', 'pause', 'unpause', 'kill', 'delete']);
export type BulkAction = z.infer<typeof BulkAction>;
export const BulkContainers = z.strictObject({
  action: BulkAction,
  ids: z.array(ContainerId).min(1).max(500),
  force: z.boolean().default(false),
});
export type BulkContainers = z.infer<typeof BulkContainers>;
/** The result kept on a finished bulk operation: one answer per item, in the order asked. */
export const BulkResult = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable(),
      ok: z.boolean(),
      error: ErrorEnvelope.pick({ code: true, message: true, params: true }).nullable(),
    }),
  ),
});
export type BulkResult = z.infer<typeof BulkResult>;
