import * as z from 'zod';

/** What a plugin may ask of the core, once somebody agreed to it. */
export const PluginScope = z.enum([
  'users.read',
  'users.write',
  'roles.read',
  'roles.write',
  'identity_tags.read',
  'identity_tags.write',
  'containers.read',
  'events.read',
  'events.emit',
  'storage',
]);
export type PluginScope = z.infer<typeof PluginScope>;

/** Also the name of its folder. */
export const PluginName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{1,63}$/, 'is 2 to 64 letters, digits, dashes and underscores, the first a letter or a digit'); // prettier-ignore
export type PluginName = z.infer<typeof PluginName>;

/** A file of the plugin's folder: nothing that leads out of it. */
const OwnFile = z
  .string()
  .max(200)
  .regex(/^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[\w./@-]+$/, 'is a file of the plugin’s own folder, such as plugin.mjs');

const HookMoment = z.strictObject({
  /** How long it is waited for, ms. */
  deadline_ms: z.int().min(10).max(5000).default(1000),
  /** What counts when it does not answer in time, or is not there: `open` lets it pass, `closed` refuses. */
  on_failure: z.enum(['open', 'closed']).default('open'),
});
const Hook = z.strictObject({
  validate: HookMoment.optional(),
  before: HookMoment.optional(),
  /** Told and not waited for. */
  after: z.strictObject({}).optional(),
});

/** An event, or with a star all that begin so: `container.*`. */
const EventKind = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9_.-]{0,79}\*?$/, 'is a kind such as container.started or container.*');

const JsonObject = z.record(z.string(), z.unknown());

/** A page of its own in a frame: in the navigation, or as a tab of each container. */
const PluginPage = z.strictObject({
  place: z.enum(['navigation', 'container']),
  title: z.string().trim().min(1).max(40),
  file: OwnFile.regex(/\.html$/, 'ends in .html'),
});

/** `plugin.json`. */
export const PluginManifest = z
  .object({
    /** `v1` is nebula.plugin.v1, `v2` is bailiwick.plugin.v2. */
    api_version: z.enum(['v1', 'v2'], 'is "v1" or "v2"'),
    /** Where it is named, it is the folder's. */
    name: PluginName.optional(),
    version: z.string().trim().min(1).max(40).default('0.1.0'),
    description: z.string().trim().max(500).default(''),
    /** How it is started: `node`, `python3` or a file of its own, then a file and words. */
    command: z.tuple([z.union([z.enum(['node', 'python3']), OwnFile])], z.string().max(200)).optional(),
    /** A module of its own that the core loads into itself: for development, refused in production. v1 only. */
    module: OwnFile.optional(),
    /** Where one listens that somebody else starts. */
    endpoint: z
      .string()
      .regex(/^(?:\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}$/i, 'is a host and a port, such as 127.0.0.1:50061')
      .optional(),
    /** The environment variable of the core that holds the token for it. */
    token_env: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'is the name of an environment variable')
      .optional(),
    /** What it wants to ask for; v1 leaves out what is not known, v2 is refused. */
    scopes: z.array(z.string().max(40)).max(40).default([]),
    /** Whether it wants to reach other machines. */
    network: z.boolean().default(false),
    memory_mb: z.int().min(64).max(4096).default(128),
    /** Of processor time in the life of one process. */
    cpu_seconds: z.int().min(1).max(86_400).default(30),
    /** How long a call may take, in seconds; a start has 5. */
    timeout_seconds: z.number().min(0.1).max(30).default(10),
    /** What it wants to hear; needs events.read. */
    events: z.array(EventKind).max(40).default([]),
    hooks: z.strictObject({ deploy: Hook.optional(), access: Hook.optional() }).default({}),
    /** Which other calls it answers. */
    provides: z.array(z.enum(['users', 'actions', 'presets', 'channels', 'metrics'])).default([]),
    /** A JSON Schema of an object: what a person sets. */
    settings: JsonObject.optional(),
    pages: z.array(PluginPage).max(8).default([]),
  })
  .refine(({ command, module, endpoint }) => [command, module, endpoint].filter(Boolean).length === 1, {
    path: ['command'],
    error: 'say how it runs, in one way: command starts it, such as ["node", "plugin.mjs"]; endpoint is where one listens that runs already; module is loaded into a core in development', // prettier-ignore
  });
export type PluginManifest = z.infer<typeof PluginManifest>;
