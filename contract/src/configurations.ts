import * as z from 'zod';
import type { Capability } from './capabilities.ts';
import { DeployInput, HostPort, ImageRef, ReviewCheck } from './presets.ts';
import {
  AbsolutePath,
  Argv,
  CpuSet,
  EnvName,
  EnvValue,
  LabelName,
  MIB,
  PresetHealth,
  RestartChoice,
  RestartPolicy,
  ShownBind,
  UserNumber,
} from './run-options.ts';
import { Timestamp } from './wire.ts';

/**
 * How a container is made: everything that was decided, in our words and units. Of the environment only the names:
 * its values are kept sealed. Bytes, milliseconds, microseconds; null where the image or the engine decides.
 */
export const Configuration = z.object({
  image: z.string(),
  entrypoint: z.array(z.string()).nullable(),
  command: z.array(z.string()).nullable(),
  /** By number. */
  user: z.string().nullable(),
  workingDir: z.string().nullable(),
  envNames: z.array(z.string()),
  ports: z.array(
    z.object({
      ip: z.string(),
      hostPort: z.int(),
      containerPort: z.int(),
      protocol: z.enum(['tcp', 'udp']),
    }),
  ),
  volumes: z.array(z.object({ name: z.string(), target: z.string() })),
  /** Folders of the host; missing where there are none. */
  binds: z.array(ShownBind).optional(),
  /** Graphics processors; missing where it has none. */
  gpus: z.int().optional(),
  memoryBytes: z.int(),
  memorySwapBytes: z.int(),
  cpus: z.number(),
  cpuQuota: z.object({ quotaUs: z.int(), periodUs: z.int() }).nullable(),
  cpuShares: z.int().nullable(),
  cpuset: z.string().nullable(),
  pids: z.int(),
  shmBytes: z.int().nullable(),
  restart: z.object({ name: RestartPolicy, maximumRetryCount: z.int() }),
  health: PresetHealth.nullable(),
  /** Whether its main program can be typed to. */
  stdinOpen: z.boolean(),
  labels: z.record(z.string(), z.string()),
  /** Which hardening it runs under. */
  profile: z.enum(['strict', 'compat']),
});
export type Configuration = z.infer<typeof Configuration>;

/** How a change comes about: on the container as it is, or by making it anew. */
export const HowApplied = z.enum(['live', 'recreate']);
export type HowApplied = z.infer<typeof HowApplied>;

export const ConfigurationField = z.enum([
  'image',
  'entrypoint',
  'command',
  'user',
  'workingDir',
  'env',
  'ports',
  'memoryBytes',
  'memorySwapBytes',
  'cpus',
  'cpuQuota',
  'cpuShares',
  'cpuset',
  'pids',
  'shmBytes',
  'restart',
  'health',
  'stdinOpen',
  'labels',
]);
export type ConfigurationField = z.infer<typeof ConfigurationField>;

/** The right each field of a configuration takes. */
export const CONFIGURATION_NEEDS: Readonly<Record<ConfigurationField, Capability>> = {
  image: 'containers.settingsImage',
  entrypoint: 'containers.settingsStartup',
  command: 'containers.settingsStartup',
  user: 'containers.settingsStartup',
  workingDir: 'containers.settingsStartup',
  health: 'containers.settingsStartup',
  stdinOpen: 'containers.settingsStartup',
  labels: 'containers.settingsStartup',
  env: 'containers.settingsEnv',
  ports: 'containers.settingsPorts',
  memoryBytes: 'containers.settingsResources',
  memorySwapBytes: 'containers.settingsResources',
  cpus: 'containers.settingsResources',
  cpuQuota: 'containers.settingsResources',
  cpuShares: 'containers.settingsResources',
  cpuset: 'containers.settingsResources',
  pids: 'containers.settingsResources',
  shmBytes: 'containers.settingsResources',
  restart: 'containers.settingsRestart',
};

/** What is to be different; what is not named stays. Null hands a field back to the image or the engine. */
export const ChangeConfiguration = z
  .strictObject({
    image: ImageRef,
    entrypoint: Argv.nullable(),
    command: Argv.nullable(),
    user: UserNumber.nullable(),
    workingDir: AbsolutePath.nullable(),
    /** Variables set or taken away; all others stay, with values nobody has to type again. */
    env: z.strictObject({
      set: z
        .record(EnvName, EnvValue)
        .refine((set) => Object.keys(set).length <= 200, 'Use at most 200.')
        .default({}),
      unset: z.array(EnvName).max(200).default([]),
      /** Of what is saved already: those whose saved value stays, so that nobody has to type it again. */
      kept: z.array(EnvName).max(200).default([]),
    }),
    /** All that are to be published. Without a host port the one it has stays, or a free one is found. */
    ports: z
      .array(
        z.strictObject({
          containerPort: z.int().min(1).max(65_535),
          protocol: z.enum(['tcp', 'udp']).default('tcp'),
          hostPort: HostPort.nullable().default(null),
        }),
      )
      .max(50),
    memoryBytes: z.int().min(6 * MIB),
    memorySwapBytes: z.int().min(6 * MIB),
    cpus: z.number().min(0.01).max(256),
    cpuQuota: z.strictObject({
      quotaUs: z.int().min(1000).max(256_000_000),
      periodUs: z.int().min(1000).max(1_000_000).default(100_000),
    }),
    cpuShares: z.int().min(2).max(262_144),
    cpuset: CpuSet.nullable(),
    pids: z.int().min(32).max(4096),
    shmBytes: z.int().min(16 * MIB),
    restart: RestartChoice,
    health: PresetHealth.nullable(),
    stdinOpen: z.boolean(),
    labels: z.record(LabelName, EnvValue).refine((labels) => Object.keys(labels).length <= 100, 'Use at most 100.'),
  })
  .partial();
export type ChangeConfiguration = z.infer<typeof ChangeConfiguration>;

/** One field that differs. Of the environment only names are told: `{added, changed, removed}`. */
export const FieldChange = z.object({
  field: ConfigurationField,
  from: z.unknown(),
  to: z.unknown(),
  how: HowApplied,
});
export type FieldChange = z.infer<typeof FieldChange>;

/** One configuration a container had; each is kept and can be gone back to. */
export const ConfigurationVersion = z.object({
  number: z.int(),
  madeAt: Timestamp,
  madeBy: z.string(),
  why: z.enum(['deployed', 'changed', 'reverted', 'remade', 'restored', 'adopted', 'presetUpdated']),
  current: z.boolean(),
});
export type ConfigurationVersion = z.infer<typeof ConfigurationVersion>;

/** Which version of a preset; the number of those that were saved in the panel. */
const PresetStand = z.object({ digest: z.string(), number: z.int().nullable() });
/** Its preset says something else than it did; what was decided on the container itself stays. */
export const PresetUpdate = z.object({
  name: z.string(),
  title: z.string(),
  from: PresetStand,
  to: PresetStand,
  /** What else is different in the preset, and takes a new deployment. */
  notTaken: z.array(z.enum(['volumes', 'profile', 'workspace', 'explorerRoot', 'consoleDirectory'])),
});
export type PresetUpdate = z.infer<typeof PresetUpdate>;

/** How a container is made now, what was saved to be different, and what it was before. */
export const ContainerConfiguration = z.object({
  /** Null for a container that was made outside and not taken over. */
  applied: Configuration.nullable(),
  number: z.int().nullable(),
  /** Values of the environment are left out: empty texts stand for them. */
  saved: z.object({ change: ChangeConfiguration, savedAt: Timestamp, savedBy: z.string() }).nullable(),
  /** What applying would change, from everything that is saved. */
  fields: z.array(FieldChange),
  /** Null where its preset is as it was, or is gone. */
  presetUpdate: PresetUpdate.nullable(),
  versions: z.array(ConfigurationVersion),
});
export type ContainerConfiguration = z.infer<typeof ContainerConfiguration>;

/** What is saved to be different, all of it; an empty one discards what was saved. */
export const SaveConfiguration = z.strictObject({ change: ChangeConfiguration });
export type SaveConfiguration = z.infer<typeof SaveConfiguration>;

const PresetDigest = z.string().min(1).max(64);
/** Looked at before it is saved: a change, an earlier configuration by its number, or its preset by its digest; without any what is saved. */
export const ReviewConfiguration = z
  .strictObject({ change: ChangeConfiguration, number: z.int().min(1), preset: PresetDigest })
  .partial()
  .refine((meant) => Object.keys(meant).length <= 1, 'Name a change, a number or a preset, one of them.');
export type ReviewConfiguration = z.infer<typeof ReviewConfiguration>;

export const ConfigurationReview = z.object({
  fields: z.array(FieldChange),
  /** Null where nothing would change. */
  how: HowApplied.nullable(),
  checks: z.array(ReviewCheck),
});
export type ConfigurationReview = z.infer<typeof ConfigurationReview>;

/** Applies what is saved, an earlier configuration, or what its preset says now. `remake`: make it anew though nothing needs it. */
export const ApplyConfiguration = z
  .strictObject({
    number: z.int().min(1).optional(),
    preset: PresetDigest.optional(),
    remake: z.boolean().default(false),
  })
  .refine(({ number, preset }) => number === undefined || preset === undefined, 'Name a number or a preset, not both.');
export type ApplyConfiguration = z.infer<typeof ApplyConfiguration>;

/** How another one like it is deployed: under a name still to be chosen, with new ports and new, empty volumes. */
export const Duplicate = z.object({
  input: DeployInput,
  /** Variables whose values come along, sealed. */
  carried: z.array(z.string()),
  /** Those whose values stay behind: they are secrets of the original. */
  leftOut: z.array(z.string()),
  /** Where the original has folders of the host that stay behind, for who may not put any into a container. */
  withoutBinds: z.array(z.string()),
});
export type Duplicate = z.infer<typeof Duplicate>;

/** One variable of how a container is made now, by its name. */
export const RevealVariable = z.strictObject({ name: EnvName });
export type RevealVariable = z.infer<typeof RevealVariable>;
/** In plain text, for who may read the container's secrets and proved a moment ago who they are. */
export const RevealedVariable = z.object({ name: z.string(), value: z.string() });
export type RevealedVariable = z.infer<typeof RevealedVariable>;

/** As what a configuration is written down: a compose file, a `docker run` line, or what deploys the same here. */
export const ExportConfiguration = z.strictObject({ as: z.enum(['compose', 'run', 'json']).default('compose') });
export type ExportConfiguration = z.infer<typeof ExportConfiguration>;
/** Of secrets and variables only the names. */
export const ExportedConfiguration = z.object({ text: z.string(), fileName: z.string() });
export type ExportedConfiguration = z.infer<typeof ExportedConfiguration>;
