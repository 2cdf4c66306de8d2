import * as z from 'zod';
import { Principal } from './access.ts';
import { QuickAction } from './commands.ts';
import { DomainName, LaunchUrl } from './container-settings.ts';
import { ContainerName } from './containers.ts';
import { ContainerId, DraftId, EnvironmentId, ProjectId, UserId, VolumeId } from './ids.ts';
import {
  AbsolutePath,
  Argv,
  EnvName,
  FolderInside,
  HostBind,
  MIB,
  PresetHealth,
  RestartPolicy,
  RunOptions,
  ShownBind,
  UserNumber,
} from './run-options.ts';
import { RoleTag } from './people.ts';
import { PresetLogTrigger, PresetRoles, PresetWebsite, Protocol } from './preset-parts.ts';
import { Size } from './sizes.ts';
import { listOf, Rights, Timestamp } from './wire.ts';

/** `registry/repository[:tag][@digest]`; bare image ids are refused. */
export const ImageRef = z
  .string()
  .max(255)
  .regex(
    /^(?!sha256:)(?![a-f0-9]{12,64}$)(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]{1,5})?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[a-f0-9]{64})?$/,
    'Use name[:tag], for example nginx:stable.',
  );
export const HostPort = z.int().min(1024).max(65535);

/** What a secret is made up of, in the core or by a person's browser: no letters that are taken for one another. */
export const SECRET_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

const questionBase = {
  name: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'Use 1 to 40 letters and digits, beginning with a small letter.'),
  label: z.string().min(1).max(80),
  help: z.string().max(300).optional(),
  /** Answered for people who do not open the full form. */
  required: z.boolean().default(true),
};
/** A typed question; its answer replaces `{{name}}` in env values and in the command. */
export const PresetQuestion = z.discriminatedUnion('type', [
  z.strictObject({
    ...questionBase,
    type: z.literal('text'),
    default: z.string().optional(),
    pattern: z.string().max(200).optional(),
    maxLength: z.int().max(4096).default(256),
  }),
  z.strictObject({
    ...questionBase,
    type: z.literal('number'),
    default: z.number().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({
    ...questionBase,
    type: z.literal('choice'),
    default: z.string().optional(),
    choices: z.array(z.strictObject({ value: z.string(), label: z.string() })).min(1),
  }),
  z.strictObject({ ...questionBase, type: z.literal('boolean'), default: z.boolean().default(false) }),
  /** Which host port one of its ports is published on; any free one when left empty. */
  z.strictObject({
    ...questionBase,
    type: z.literal('port'),
    containerPort: z.int().min(1).max(65535),
    protocol: z.enum(['tcp', 'udp']).default('tcp'),
  }),
  /** Typed with a unit, as `512m` or `4g`; it is filled in as bytes. */
  z.strictObject({
    ...questionBase,
    type: z.literal('size'),
    default: Size.optional(),
    min: Size.optional(),
    max: Size.optional(),
  }),
  /** Generated when left empty; never shipped with a default. */
  z.strictObject({ ...questionBase, type: z.literal('secret'), length: z.int().min(12).max(128).default(24) }),
]);
export type PresetQuestion = z.infer<typeof PresetQuestion>;

export const PresetPort = z.strictObject({
  containerPort: z.int().min(1).max(65535),
  protocol: z.enum(['tcp', 'udp']).default('tcp'),
  label: z.string().max(40),
  /** Asked for first; another free one is taken when it is busy and the person did not name one. */
  suggestedHostPort: HostPort.optional(),
  /** Opens in a browser. */
  web: z.boolean().default(false),
});
export type PresetPort = z.infer<typeof PresetPort>;
export const PresetVolume = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,29}$/, 'Use 1 to 30 small letters, digits and dashes, for example data.'),
  target: AbsolutePath,
});
/** How hard a container is locked in: `strict` reads its image only and holds no capability at all. */
export const HardeningProfile = z.enum(['strict', 'compat']);
/** A catalogue entry: one JSON file in `presets/`, named as its `name`. */
export const Preset = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,41}$/, 'Use 1 to 42 small letters, digits and dashes, for example tea-shop.'),
  title: z.string().min(1).max(80),
  description: z.string().min(1).max(400),
  categories: z.array(z.enum(['web', 'database', 'cache', 'game', 'media', 'runtime', 'tool'])).min(1),
  icon: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'Use the name of an icon, for example box.')
    .default('box'),
  /** Members may deploy it, within their quota. Any other takes `containers.createAny`. */
  selfService: z.boolean().default(false),
  questions: z.array(PresetQuestion).max(50).default([]),
  roles: PresetRoles.default({}),
  quickActions: z.array(QuickAction).max(30).default([]),
  logTriggers: z.array(PresetLogTrigger).max(30).default([]),
  website: PresetWebsite.optional(),
  config: z.strictObject({
    image: ImageRef,
    command: z.array(z.string()).optional(),
    env: z.record(EnvName, z.string()).default({}),
    ports: z.array(PresetPort).max(50).default([]),
    volumes: z.array(PresetVolume).max(20).default([]),
    /** Where its managed workspace is: a folder the panel makes for each deployment. */
    workspace: FolderInside.optional(),
    /** Of its folders, the one whose files are reached without `files.root`; where a command begins that is run in it. */
    explorerRoot: FolderInside.optional(),
    consoleDirectory: FolderInside.optional(),
    protocol: Protocol.default('generic'),
    /** Before the first start, each argument by itself; without it the protocol's own. */
    installCommand: z.array(z.string().min(1).max(4096)).min(1).max(100).optional(),
    memoryBytes: z.int().min(6 * MIB),
    /** Memory + swap together; equal to memoryBytes means no swap. */
    memorySwapBytes: z
      .int()
      .min(6 * MIB)
      .optional(),
    cpus: z.number().min(0.01).max(256),
    /** Weight beside others when processors are short; 1024 is what nobody chose. */
    cpuShares: z.int().min(2).max(262_144).optional(),
    /** What it may write beside its volumes: enforced where the engine's storage can, else counted only. */
    diskBytes: z
      .int()
      .min(64 * MIB)
      .optional(),
    pids: z.int().min(32).max(4096).default(256),
    shmBytes: z.int().min(MIB).optional(),
    restart: RestartPolicy.default('unless-stopped'),
    health: PresetHealth.optional(),
    /** Number of the user, and of the group, it runs as instead of the image's. */
    user: UserNumber.optional(),
    /** Which hardening profile it starts under. */
    profile: HardeningProfile.default('compat'),
  }),
});
export type Preset = z.infer<typeof Preset>;

/** A preset in the catalogue; a broken file is listed with the reason instead of vanishing. */
export const CatalogueEntry = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('ready'),
    preset: Preset,
    /** Of the text of its file: its version. */
    digest: z.string(),
    /** Shipped with the panel and as it was, put there by hand, or saved in the panel. */
    source: z.enum(['shipped', 'file', 'saved']),
    /** Not offered any more; what was deployed from it stays. */
    archivedAt: Timestamp.nullable(),
    rights: Rights,
  }),
  z.object({
    state: z.literal('broken'),
    file: z.string(),
    reason: z.string(),
    /** Null where its text cannot be read. */
    digest: z.string().nullable(),
    /** What is in it, for who may mend it, where it is asked for by its name. */
    text: z.string().optional(),
    rights: Rights,
  }),
]);
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;
export const CatalogueList = listOf(CatalogueEntry);
export type CatalogueList = z.infer<typeof CatalogueList>;

/** The name becomes that of a file: small letters, digits and dashes are kept of it. */
export const CreatePreset = Preset.extend({ name: z.string().min(1).max(200) });
export type CreatePreset = z.infer<typeof CreatePreset>;
/** `version` is the digest of what was edited: what somebody else saved meanwhile is not lost. */
export const UpdatePreset = z.strictObject({ preset: Preset, version: z.string().max(64) });
export type UpdatePreset = z.infer<typeof UpdatePreset>;
/** One that live containers were made from is only archived, and only when that is said. */
export const DeletePreset = z.strictObject({ version: z.string().max(64), archive: z.boolean().default(false) });
export type DeletePreset = z.infer<typeof DeletePreset>;
export const PresetRemoval = z.object({ outcome: z.enum(['deleted', 'archived']) });
export type PresetRemoval = z.infer<typeof PresetRemoval>;
/** What it was once. Nobody saved what was there as a file before the first edit. */
export const PresetVersion = z.object({
  number: z.int(),
  digest: z.string(),
  preset: Preset,
  savedBy: z.object({ id: UserId, name: z.string() }).nullable(),
  savedAt: Timestamp,
});
export type PresetVersion = z.infer<typeof PresetVersion>;
export const PresetVersionList = listOf(PresetVersion);
export type PresetVersionList = z.infer<typeof PresetVersionList>;
/** A preset of ours, or of one of the older panels. */
export const ImportPreset = z.strictObject({ document: z.record(z.string(), z.unknown()) });
export type ImportPreset = z.infer<typeof ImportPreset>;
/** What it reads as, ready to be saved, and which of its fields mean nothing here. */
export const PresetImport = z.object({
  format: z.enum(['bailiwick', 'nebula', 'docker-manager']),
  preset: Preset,
  ignored: z.array(z.string()),
});
export type PresetImport = z.infer<typeof PresetImport>;

/** An address of the host itself, as an engine binds ports to it. */
export const HostIp = z.union([z.ipv4(), z.ipv6()]);

/** What is deployed: an answered preset or an image of one's choice. Ports left out are allocated; limits left out are the preset's. */
export const DeployInput = z
  .strictObject({
    preset: z.string().max(42).optional(),
    /** Instead of a preset: what nobody named here is the image's. */
    image: ImageRef.optional(),
    name: ContainerName,
    env: EnvironmentId.optional(),
    /** What it was drafted in: once it is deployed, that draft goes, one's own or one that was shared. */
    draft: DraftId.optional(),
    /** Who else reaches it from its beginning, and as what; null is by the role they carry. */
    access: z
      .array(z.strictObject({ principal: Principal, role: RoleTag.nullable() }))
      .max(50)
      .refine((gifts) => new Set(gifts.map(({ principal }) => principal.id)).size === gifts.length, 'Name each once.')
      .optional(),
    /** Into which project of one's tenant it goes: its members reach it. */
    project: ProjectId.optional(),
    answers: z.record(z.string(), z.union([z.string().max(4096), z.number(), z.boolean()])).default({}),
    /** A preset's own ports, or for an image all that are to be published. */
    ports: z
      .array(
        z.strictObject({
          containerPort: z.int().min(1).max(65535),
          protocol: z.enum(['tcp', 'udp']).default('tcp'),
          /** Any free one where it is left out. */
          hostPort: HostPort.optional(),
          /** The panel's usual one where it is left out; else loopback. */
          ip: HostIp.optional(),
          /** Opens in a browser; a preset says it itself. */
          web: z.boolean().optional(),
        }),
      )
      .max(50)
      .default([]),
    /** Data to go on with, by the preset's own name for it; for an image every volume it is to have, with its place. */
    volumes: z
      .array(
        z.strictObject({
          name: PresetVolume.shape.name,
          target: AbsolutePath.optional(),
          /** Kept data; empty where it is left out. */
          volumeId: VolumeId.optional(),
        }),
      )
      .max(20)
      .default([]),
    /** Where its managed workspace is to be, the preset's where left out: a folder the panel makes for it, instead of a preset's volume at that place. */
    workspace: AbsolutePath.optional(),
    /** Folders of the host: staff alone, who prove again who they are. */
    binds: z.array(HostBind).max(10).optional(),
    /** So many graphics processors of the host, whichever are free to it. */
    gpus: z.int().min(1).max(16).optional(),
    memoryBytes: z
      .int()
      .min(6 * MIB)
      .optional(),
    cpus: z.number().min(0.01).max(256).optional(),
    /** What it may write beside its volumes: enforced where the engine's storage can, else counted only. */
    diskBytes: z
      .int()
      .min(64 * MIB)
      .optional(),
    /** How people reach it, written to its settings. */
    domainName: DomainName.optional(),
    launchUrl: LaunchUrl.optional(),
    /** Of its folders, the one whose files are reached without `files.root`, and where commands begin; the preset's where left out. */
    explorerRoot: FolderInside.optional(),
    consoleDirectory: FolderInside.optional(),
    /** How an image is installed and started; a preset says it itself. */
    protocol: Protocol.optional(),
    installCommand: Argv.optional(),
    /** How hard an image is locked in; a preset says it itself. */
    profile: HardeningProfile.optional(),
    options: RunOptions.default({}),
    /** Variables of another container that come along with their values, for who may read its secrets; nobody is shown them. */
    envOf: z.strictObject({ container: ContainerId, names: z.array(EnvName).min(1).max(200) }).optional(),
  })
  .refine(({ preset, image }) => (preset === undefined) !== (image === undefined), {
    path: ['image'],
    message: 'Name a preset or an image, one of them.',
  });
export type DeployInput = z.infer<typeof DeployInput>;

/** One thing a review looked at, with its outcome. */
export const ReviewCheck = z.object({
  check: z.enum([
    'engine',
    'name',
    'ports',
    'image',
    'user',
    'memory',
    'quota',
    'volumes',
    'binds',
    'answers',
    'secrets',
    'adoption',
    'access',
    'plugins',
  ]),
  outcome: z.enum(['ok', 'warning', 'blocked']),
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
});
export type ReviewCheck = z.infer<typeof ReviewCheck>;

/** One look at a deployment before it runs: what would be made, and every check with its outcome. */
export const DeployReview = z.object({
  name: z.string(),
  image: z.string(),
  imagePresent: z.boolean(),
  ports: z.array(
    z.object({
      containerPort: z.int(),
      protocol: z.enum(['tcp', 'udp']),
      hostPort: z.int().nullable(),
      ip: z.string(),
      label: z.string(),
    }),
  ),
  /** `volumeId` where kept data is gone on with. */
  volumes: z.array(z.object({ name: z.string(), target: z.string(), volumeId: VolumeId.nullable() })),
  /** Folders of the host; missing where there are none. */
  binds: z.array(ShownBind).optional(),
  gpus: z.int().optional(),
  envNames: z.array(z.string()),
  memoryBytes: z.number(),
  cpus: z.number(),
  disk: z.object({ bytes: z.int(), enforced: z.boolean() }).nullable(),
  restart: RestartPolicy,
  profile: HardeningProfile,
  protocol: Protocol,
  installCommand: z.array(z.string()).nullable(),
  domainName: z.string().nullable(),
  launchUrl: z.string().nullable(),
  explorerRoot: z.string().nullable(),
  consoleDirectory: z.string().nullable(),
  /** What was chosen beyond the preset. */
  options: RunOptions,
  /** The same for other programs, of secrets and variables only the names; null while its ports are not known. */
  written: z.object({ compose: z.string(), run: z.string(), json: z.string() }).nullable(),
  checks: z.array(ReviewCheck),
});
export type DeployReview = z.infer<typeof DeployReview>;

/** The result kept on a finished deploy; generated secrets are handed out once by their own route. */
export const DeployResult = z.object({
  containerId: ContainerId,
  name: z.string(),
  ports: z.array(z.object({ containerPort: z.int(), hostPort: z.int(), ip: z.string(), web: z.boolean() })),
  /** Where people open it, instead of its ports. */
  address: z.string().optional(),
  /** What was made up for the person, without the values: those are asked for once. */
  generated: z.array(z.object({ name: z.string(), label: z.string() })),
  /** What of the image runs, by its digest; missing from deployments before it was written down. */
  imageId: z.string().optional(),
});
export type DeployResult = z.infer<typeof DeployResult>;
/** Generated values, readable once by whoever deployed, within an hour. */
export const GeneratedSecrets = z.object({
  secrets: z.array(z.object({ name: z.string(), label: z.string(), value: z.string() })),
});
export type GeneratedSecrets = z.infer<typeof GeneratedSecrets>;
