import * as z from 'zod';

export const MIB = 1024 * 1024;
export const EnvName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'Use letters, digits and underscores.');
export const AbsolutePath = z
  .string()
  .max(1024)
  .regex(/^(?![\s\S]*\/\.\.?(?:\/|$))\/[^\0\\:]*$/, 'Use an absolute path without . or .. parts.');
/** A folder inside a container, in its one spelling. */
export const FolderInside = AbsolutePath.regex(
  /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u,
  'A path has no control characters.',
).overwrite((path) => `/${path.normalize('NFC').split('/').filter(Boolean).join('/')}`);
/** A folder of the engine's host, put into a container. Which ones may be, the core decides. */
export const HostBind = z.strictObject({
  source: z.string().min(1).max(1024),
  target: AbsolutePath,
  readOnly: z.boolean().default(true),
});
export type HostBind = z.infer<typeof HostBind>;
/** The same, shown: null where it is the host's business alone. */
export const ShownBind = HostBind.extend({ source: z.string().nullable(), target: z.string() });
export type ShownBind = z.infer<typeof ShownBind>;
export const RestartPolicy = z.enum(['no', 'on-failure', 'unless-stopped', 'always']);
export const PresetHealth = z.strictObject({
  command: z.array(z.string()).min(1),
  intervalMs: z.int().min(1000).default(10_000),
  timeoutMs: z.int().min(1000).default(5_000),
  retries: z.int().min(1).max(20).default(3),
  startPeriodMs: z.int().min(0).default(0),
});

const NO_NUL = /^[^\0]*$/;
const text = (most: number) => z.string().max(most).regex(NO_NUL, 'Leave the NUL character out.');
export const EnvValue = text(32_768);
/** A program and what it is given, each by itself: no shell reads it. */
export const Argv = z.array(text(4096)).min(1).max(100);

/** Prefixes that steer other software on the host, or mean something to us. */
const RESERVED_LABELS = ['bailiwick', 'com.docker.', 'com.centurylinklabs.watchtower', 'traefik', 'caddy', 'ofelia', 'io.kubernetes.', 'org.opencontainers.']; // prettier-ignore
export const LabelName = z
  .string()
  .regex(/^[a-z0-9][a-zA-Z0-9._/-]{0,127}$/, 'Use letters, digits, dots, dashes and slashes.')
  .refine(
    (name) => !RESERVED_LABELS.some((prefix) => name.toLowerCase().startsWith(prefix)),
    'This label is reserved.',
  );

/** Processors by number or range: `0`, `0-2`, `0,3`. */
export const CpuSet = z.string().max(100).regex(/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/, 'Use numbers and ranges, for example 0-2,4.'); // prettier-ignore

/** Number of a user, and of a group. */
export const UserNumber = z.string().regex(/^\d{1,9}(:\d{1,9})?$/, 'Use numbers, for example 1000 or 1000:1000.');

/** A policy; a count is for `on-failure` only. */
export const RestartChoice = z
  .strictObject({ name: RestartPolicy, maximumRetryCount: z.int().min(0).max(1000).optional() })
  .refine(({ name, maximumRetryCount }) => name === 'on-failure' || maximumRetryCount === undefined, {
    path: ['maximumRetryCount'],
    message: 'Only on-failure counts its tries.',
  });

/** How a container is started beyond its preset; what is not named stays the preset's. Bytes, milliseconds, microseconds. */
export const RunOptions = z
  .strictObject({
    entrypoint: Argv,
    command: Argv,
    /** Beside the preset's, and instead of those of the same name. Kept as a secret: nobody is shown them again here. */
    env: z.record(EnvName, EnvValue).refine((env) => Object.keys(env).length <= 200, 'Use at most 200.'),
    /** Number of the user, and of the group, it runs as instead of the image's. */
    user: UserNumber,
    /** Where its program starts, instead of the image's. */
    workingDir: AbsolutePath,
    /** Whether its main program can be typed to; those of a game server can be by themselves. */
    stdinOpen: z.boolean(),
    labels: z.record(LabelName, text(4096)).refine((labels) => Object.keys(labels).length <= 100, 'Use at most 100.'),
    /** Memory and swap together: as much as the memory is no swap. */
    memorySwapBytes: z.int().min(6 * MIB),
    /** Weight beside others when processors are short; 1024 is what nobody chose. */
    cpuShares: z.int().min(2).max(262_144),
    /** Instead of a number of processors: how long it may compute in each period. */
    cpuQuota: z.strictObject({
      quotaUs: z.int().min(1000).max(256_000_000),
      periodUs: z.int().min(1000).max(1_000_000).default(100_000),
    }),
    cpuset: CpuSet,
    pids: z.int().min(32).max(4096),
    shmBytes: z.int().min(16 * MIB),
    /** Instead of the preset's; an image's own counts where neither says. */
    health: PresetHealth,
    restart: RestartChoice,
  })
  .partial();
export type RunOptions = z.infer<typeof RunOptions>;
