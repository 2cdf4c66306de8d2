import * as z from 'zod';
import { PluginId, TenantId } from './ids.ts';
import { PluginManifest, PluginName, PluginScope } from './plugin-manifest.ts';
import { listOf, Rights, Timestamp } from './wire.ts';

/** How it stands: what cannot be read is `broken`, what nobody has agreed to yet is `unapproved`. */
export const PluginStatus = z.enum([
  'broken',
  'unapproved',
  'stopped',
  'starting',
  'initialized',
  'healthy',
  'degraded',
  'unresponsive',
  'crashed',
  'disabled',
]);
export type PluginStatus = z.infer<typeof PluginStatus>;

/** A process of its own, one that somebody else runs, or a module in the core (development only). */
export const PluginSource = z.enum(['process', 'external', 'in_process']);
export type PluginSource = z.infer<typeof PluginSource>;

/** What was agreed to. */
export const PluginConsent = z.object({
  scopes: z.array(PluginScope),
  network: z.boolean(),
  /** Which tenants it sees and touches; null for all. */
  tenants: z.array(TenantId).nullable(),
});
export type PluginConsent = z.infer<typeof PluginConsent>;

export const PluginRuntime = z.object({
  pid: z.int(),
  startedAt: Timestamp,
  socketPath: z.string(),
  /** Null where no cgroup could be had. */
  cgroupPath: z.string().nullable(),
  logPath: z.string(),
  /** Whether it is shut in: namespaces, an own user, no new rights. */
  isSandboxed: z.boolean(),
  rssBytes: z.int().nullable(),
  vmBytes: z.int().nullable(),
  /** How often it reached its memory's end, and was killed for it. */
  memoryEvents: z.object({ max: z.int(), oomKill: z.int() }).nullable(),
});
export type PluginRuntime = z.infer<typeof PluginRuntime>;

export const Plugin = z
  .object({
    id: PluginId,
    name: PluginName,
    /** Null where it could not be read; `error` says why. */
    manifest: PluginManifest.nullable(),
    source: PluginSource.nullable(),
    status: PluginStatus,
    /** What it said of itself when it was asked last. */
    message: z.string(),
    /** What is not right but no reason to stop it. */
    warnings: z.array(z.string()),
    /** What keeps it from running. */
    error: z.string().nullable(),
    isEnabled: z.boolean(),
    consent: PluginConsent.nullable(),
    /** The manifest wants more than was agreed to. */
    wantsMore: z.boolean(),
    /** By the schema of the manifest, a secret as null; null where there is nothing that can be set. */
    settings: z.record(z.string(), z.unknown()).nullable(),
    initializedAt: Timestamp.nullable(),
    updatedAt: Timestamp,
    consecutiveTimeouts: z.int(),
    consecutiveHealthFailures: z.int(),
    consecutiveCrashes: z.int(),
    restartCount: z.int(),
    runtime: PluginRuntime.nullable(),
  })
  .extend(Rights.shape);
export type Plugin = z.infer<typeof Plugin>;
export const PluginAnswer = z.object({ item: Plugin });
export type PluginAnswer = z.infer<typeof PluginAnswer>;
export const PluginList = listOf(Plugin);
export type PluginList = z.infer<typeof PluginList>;

/** Agrees to what it asks for, or to less; it is started anew by that. */
export const GivePluginConsent = z.strictObject({
  scopes: z.array(PluginScope).max(40),
  network: z.boolean().default(false),
  tenants: z.array(TenantId).min(1).max(500).nullable().default(null),
});
export type GivePluginConsent = z.infer<typeof GivePluginConsent>;

/** All of them anew. A secret that is null or left out stays as it is, and one that is empty is forgotten. */
export const SetPluginSettings = z.strictObject({ values: z.record(z.string().max(200), z.json()) });
export type SetPluginSettings = z.infer<typeof SetPluginSettings>;

export const PluginHealth = z.object({
  status: PluginStatus,
  message: z.string(),
  /** By name; what v1 answered besides words is left out. */
  numbers: z.record(z.string(), z.number()),
  checkedAt: Timestamp,
  tookMs: z.number(),
});
export type PluginHealth = z.infer<typeof PluginHealth>;

export const ReadPluginLog = z.strictObject({ limit: z.coerce.number().int().min(1).max(2000).default(200) });
export type ReadPluginLog = z.infer<typeof ReadPluginLog>;
/** The newest lines, the oldest of them first. */
export const PluginLog = z.object({
  lines: z.array(z.object({ at: Timestamp, source: z.enum(['out', 'err', 'plugin', 'core']), text: z.string() })),
});
export type PluginLog = z.infer<typeof PluginLog>;

/** Who should be there by a plugin. Without `dryRun: false` it is only told what would be, and nothing is written. */
export const SyncPluginUsers = z.strictObject({
  dryRun: z.boolean().default(true),
  /** 0: as many as there are, 10,000 at most. */
  limit: z.int().min(0).max(10_000).default(0),
  /** Where the last one stopped, as its report says. */
  cursor: z.string().max(500).default(''),
  /** For the plugin to read; `users` is handed on among them. */
  options: z.record(z.string().max(100), z.json()).default({}),
  users: z.array(z.json()).max(10_000).optional(),
});
export type SyncPluginUsers = z.infer<typeof SyncPluginUsers>;

/** What the operation `plugins.syncUsers` leaves. Counts are of people; `rows` tells the first 1,000 that are not unchanged. */
export const PluginSyncReport = z.object({
  dryRun: z.boolean(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  cursor: z.string(),
  /** The plugin's own words. */
  message: z.string(),
  rows: z.array(
    z.object({
      username: z.string(),
      tenant: z.string(),
      outcome: z.enum(['created', 'updated', 'unchanged', 'refused']),
      /** Empty but where it was refused. */
      reason: z.string(),
    }),
  ),
});
export type PluginSyncReport = z.infer<typeof PluginSyncReport>;

export const PluginActionName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
export type PluginActionName = z.infer<typeof PluginActionName>;
/** Something staff may have a plugin do, as it says itself while it runs. */
export const PluginAction = z.object({
  id: PluginActionName,
  title: z.string(),
  description: z.string(),
  /** A JSON Schema of an object; empty: nothing is asked first. */
  form: z.record(z.string(), z.unknown()),
  isDangerous: z.boolean(),
});
export type PluginAction = z.infer<typeof PluginAction>;
export const PluginActionList = listOf(PluginAction);
export type PluginActionList = z.infer<typeof PluginActionList>;

export const RunPluginAction = z.strictObject({ input: z.record(z.string().max(100), z.json()).default({}) });
export type RunPluginAction = z.infer<typeof RunPluginAction>;
/** What the operation `plugins.act` leaves. */
export const PluginActionReport = z.object({
  action: z.string(),
  title: z.string(),
  message: z.string(),
  result: z.record(z.string(), z.unknown()).nullable(),
});
export type PluginActionReport = z.infer<typeof PluginActionReport>;
