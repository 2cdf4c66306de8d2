import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { readSignInProviders, type SignInProvider } from './sign-in-providers.js';

const flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true');
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);
const integer = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'is two ports and a dash, for example 49152-65535')
  .transform((text) => {
    const [first = 0, last = 0] = text.split('-').map(Number);
    return { first, last };
  })
  .refine(({ first, last }) => first >= 1024 && first <= last && last <= 65_535, 'goes from 1024 to 65535, the lower port first'); // prettier-ignore

/** Whatever an engine would read otherwise than as a path is none. */
const HOST_FOLDER = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))\/[^\0:,\\]+$/;

const secret = z
  .string()
  .min(32, { error: 'needs at least 32 bytes; generate one with: openssl rand -base64 48', abort: true })
  .refine((text) => new Set(text).size >= 12, 'is easy to guess; generate one with: openssl rand -base64 48');

/** Every environment variable the core knows, with its default. Anything else that starts with BAILIWICK_ refuses the start. */
const Variables = z.strictObject({
  BAILIWICK_ENV: z.enum(['production', 'development', 'test']).default('production'),
  BAILIWICK_CORE_HOST: z.string().default('127.0.0.1'),
  BAILIWICK_CORE_PORT: integer(0, 65535).default(8000),
  /** gRPC for monitoring, always on loopback. */
  BAILIWICK_GRPC_PORT: integer(0, 65535).default(50_051),
  BAILIWICK_STORAGE_DIR: z.string().optional(),
  /** The same folder as the engine's host calls it, where the core runs in a container. */
  BAILIWICK_STORAGE_HOST_DIR: z.string().regex(HOST_FOLDER, 'is a path from the top, for example /srv/bailiwick').optional(), // prettier-ignore
  BAILIWICK_PRESETS_DIR: z.string().optional(),
  BAILIWICK_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  BAILIWICK_DOCKER_HOST: z.string().optional(),
  BAILIWICK_ENGINE: z.enum(['docker', 'fake']).default('docker'),
  BAILIWICK_PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:5000'),
  BAILIWICK_COOKIE_SECURE: z.enum(['auto', 'on', 'off']).default('auto'),
  BAILIWICK_TRUSTED_PROXIES: list.default(['127.0.0.0/8', '::1/128']),
  BAILIWICK_ALLOWED_HOSTS: list.default([]),
  /** Replaces the generated key file; shorter than 32 bytes refuses the start. */
  BAILIWICK_SECRET_KEY: secret.optional(),
  /** Opens the installer's interface; off unless set. */
  BAILIWICK_INSTALLER_TOKEN: secret.optional(),
  /** The networks it answers to. */
  BAILIWICK_INSTALLER_FROM: list
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()], { error: 'use networks as 10.0.0.0/8, with commas' })))
    .default(['127.0.0.0/8', '::1/128']),
  BAILIWICK_PUBLISH_IP: z.union([z.ipv4(), z.ipv6()]).default('127.0.0.1'),
  BAILIWICK_SIGN_IN_TRIES: integer(1, 1000).default(8),
  BAILIWICK_SIGN_IN_WINDOW_S: integer(1, 86_400).default(300),
  /** A JSON file of where else people can prove who they are. */
  BAILIWICK_SIGN_IN_PROVIDERS_FILE: z.string().min(1).optional(),
  BAILIWICK_SIGN_IN_LOCK_S: integer(1, 86_400).default(900),
  /** How many half minutes the clock of an authenticator app may be off. */
  BAILIWICK_TOTP_WINDOW: integer(0, 2).default(1),
  BAILIWICK_SMTP_HOST: z.string().min(1).max(253).optional(),
  BAILIWICK_SMTP_PORT: integer(1, 65_535).default(587),
  BAILIWICK_SMTP_TLS: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  BAILIWICK_SMTP_USER: z.string().min(1).optional(),
  /** The password stands in a file nobody else can read, never in the environment. */
  BAILIWICK_SMTP_PASSWORD_FILE: z.string().min(1).optional(),
  BAILIWICK_SMTP_FROM: z.email().optional(),
  /** Networks of one's own that messages may go to; else they go to public addresses only. */
  BAILIWICK_OUTBOUND_ALLOW: list
    .pipe(z.array(z.union([z.cidrv4(), z.cidrv6()], { error: 'use networks as 10.0.0.0/8, with commas' })))
    .default([]),
  /** The ports of public addresses they go to. */
  BAILIWICK_OUTBOUND_PORTS: list
    .pipe(z.array(z.string().transform(Number).pipe(z.int('is a number').min(1).max(65_535))).min(1))
    .default([443]),
  BAILIWICK_SESSION_IDLE_MIN: integer(1, 1440).default(30),
  BAILIWICK_SESSION_MAX_H: integer(1, 720).default(12),
  /** 0 keeps the audit trail for ever. */
  BAILIWICK_AUDIT_KEEP_DAYS: integer(0, 36_500).default(0),
  BAILIWICK_OPERATION_RETRIES: integer(0, 10).default(3),
  BAILIWICK_OPERATION_RETRY_DELAY_MS: integer(10, 600_000).default(10_000),
  BAILIWICK_OPERATIONS_PARALLEL: integer(1, 64).default(4),
  /** Handed out to who names none. */
  BAILIWICK_PORT_RANGE: portRange.default({ first: 49_152, last: 65_535 }),
  /** Where the tenants' networks go, and how long their addresses' common beginning is. */
  BAILIWICK_NETWORK_POOL: list
    .pipe(z.array(z.cidrv4({ error: 'use networks as 10.240.0.0/12, with commas' })).min(1))
    .default(['10.240.0.0/12', '172.28.0.0/14']),
  BAILIWICK_NETWORK_BITS: integer(16, 29).default(24),
  /** How long a container without a health check must stay up before its deploy is done. */
  BAILIWICK_DEPLOY_STABLE_MS: integer(0, 60_000).default(2000),
  BAILIWICK_RESYNC_MS: integer(100, 3_600_000).default(60_000),
  /** How often what nobody looks at is measured. */
  BAILIWICK_METRICS_EVERY_S: integer(1, 300).default(15),
  /** What all that was measured may take of the disk. */
  BAILIWICK_METRICS_MIB: integer(16, 1_048_576).default(1024),
  /** Whose logs are kept when their container is gone: of nobody, of all, or of tenants by their slugs. */
  BAILIWICK_LOG_HISTORY: list.pipe(z.array(z.string().regex(/^[a-z0-9-]{1,63}$/, 'use off, all, or slugs of tenants with commas')).min(1)).default(['off']), // prettier-ignore
  /** Each of them at most. */
  BAILIWICK_LOG_HISTORY_MIB: integer(4, 65_536).default(16),
  BAILIWICK_LOG_HISTORY_DAYS: integer(1, 36_500).default(7),
  /** All of them at most. */
  BAILIWICK_LOG_HISTORY_TOTAL_MIB: integer(16, 16_777_216).default(2048),
  BAILIWICK_SOCKETS_PER_PERSON: integer(1, 100_000).default(20),
  BAILIWICK_SOCKETS_PER_ADDRESS: integer(1, 100_000).default(100),
  BAILIWICK_SOCKETS_TOTAL: integer(1, 100_000).default(12_000),
  BAILIWICK_SOCKETS_UNSENT_MIB: integer(1, 65_536).default(256),
  BAILIWICK_TERMINALS_PER_PERSON: integer(1, 100).default(5),
  BAILIWICK_TERMINALS_TOTAL: integer(1, 10_000).default(200),
  /** A terminal without a word from either side ends. */
  BAILIWICK_TERMINAL_IDLE_S: integer(1, 86_400).default(1800),
  /** One that nobody looks at any more ends. */
  BAILIWICK_TERMINAL_KEEP_S: integer(1, 86_400).default(300),
  /** Whose terminals are written down. */
  BAILIWICK_TERMINAL_RECORDING: z.enum(['off', 'root', 'all']).default('off'),
  /** Each of them at most. */
  BAILIWICK_RECORDING_MIB: integer(1, 1024).default(64),
  BAILIWICK_RECORDINGS_KEEP_DAYS: integer(1, 36_500).default(90),
  /** Commands that run in the background. */
  BAILIWICK_COMMANDS_PER_PERSON: integer(1, 100).default(5),
  BAILIWICK_COMMANDS_TOTAL: integer(1, 1000).default(50),
  /** One that runs longer is ended. */
  BAILIWICK_COMMAND_LIMIT_S: integer(1, 2_592_000).default(86_400),
  /** Where somebody else serves the files of containers: it is told, and nothing more. */
  BAILIWICK_SFTP_HOST: z
    .string()
    .regex(/^[^\s/@]{1,253}$/, 'name a host, without a scheme')
    .optional(),
  BAILIWICK_SFTP_PORT: integer(1, 65_535).default(22),
  BAILIWICK_SFTP_USERNAME: z
    .string()
    .regex(/^[^\s/@:]{1,64}$/, 'a name without spaces')
    .optional(),
  /** What shuts plugins in: bubblewrap by name or path, or `off` outside production. */
  BAILIWICK_PLUGIN_SANDBOX: z.string().min(1).default('bwrap'),
  /** How often each plugin is asked how it is. */
  BAILIWICK_PLUGIN_HEALTH_S: integer(5, 3600).default(30),
  /** Where traces and metrics are sent; off unless set. */
  BAILIWICK_OTLP_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** What a receiver wants to see with them stands in a file nobody else can read, never in the environment. */
  BAILIWICK_OTLP_HEADERS_FILE: z.string().min(1).optional(),
  BAILIWICK_OTLP_EVERY_MS: integer(100, 600_000).default(10_000),
  BAILIWICK_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
  /** Read by other parts of the installation; known here so that they do not refuse the start. */
  BAILIWICK_CORE_URL: z.string().optional(),
  BAILIWICK_GUI_HOST: z.string().optional(),
  BAILIWICK_GUI_PORT: z.string().optional(),
  BAILIWICK_TEST_ENGINE: z.string().optional(),
  BAILIWICK_TEST_DEEP: z.string().optional(),
  BAILIWICK_TEST_PICTURES: z.string().optional(),
  BAILIWICK_TEST_DATABASE_URL: z.string().optional(),
  BAILIWICK_FAILPOINT: z.string().optional(),
  BAILIWICK_API_DOCS: flag.default(true),
});

export interface Config extends Omit<z.infer<typeof Variables>, 'BAILIWICK_STORAGE_DIR' | 'BAILIWICK_PRESETS_DIR'> {
  storageDir: string;
  presetsDir: string;
  /** Where managed workspaces are, as the engine's host calls it. */
  workspacesHostDir: string;
  /** Where the installation stands; found from this file, so that a bundle finds it too. */
  rootDir: string;
  /** Where an engine may be, in the order they are tried; one alone when it was configured. */
  engineAddresses: readonly string[];
  cookieSecure: boolean;
  signInProviders: readonly SignInProvider[];
  /** One that somebody else named: the core knows no other by name. */
  variable(name: string): string | undefined;
  /** Undefined: no mail is sent. */
  smtp: SmtpServer | undefined;
  /** Undefined: nothing is sent. */
  otlp: OtlpReceiver | undefined;
  /** Undefined: none is told of. */
  sftp: SftpServer | undefined;
}

/** Where mail is handed over. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  readonly tls: 'starttls' | 'tls' | 'none';
  readonly from: string;
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

export interface SftpServer {
  readonly host: string;
  readonly port: number;
  /** Null where everybody has a name of their own there. */
  readonly username: string | null;
}

/** Who takes traces and metrics. */
export interface OtlpReceiver {
  /** Without a slash at its end. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly everyMs: number;
}

const ENGINE_ADDRESS = /^(?:(?:unix:\/\/)?\/[^\s]+|(?:tcp|http):\/\/[^\s/:]+(?::\d{1,5})?\/?)$/;

export class ConfigError extends Error {}

/** The only reader of the environment. Throws `ConfigError` with the variable's name and what it accepts. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => name.startsWith('BAILIWICK_')));
  const parsed = Variables.safeParse(own);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(explain).join('\n'));
  const { BAILIWICK_STORAGE_DIR, BAILIWICK_PRESETS_DIR, ...values } = parsed.data;
  if (values.BAILIWICK_FAILPOINT && values.BAILIWICK_ENV === 'production')
    throw new ConfigError('BAILIWICK_FAILPOINT: only for tests; unset it or set BAILIWICK_ENV=test');
  if (values.BAILIWICK_PLUGIN_SANDBOX === 'off' && values.BAILIWICK_ENV === 'production')
    throw new ConfigError('BAILIWICK_PLUGIN_SANDBOX: a plugin runs shut in; install bubblewrap and unset this, or set BAILIWICK_ENV=development'); // prettier-ignore
  const narrow = values.BAILIWICK_NETWORK_POOL.find(
    (pool) => Number(pool.split('/')[1]) > values.BAILIWICK_NETWORK_BITS,
  );
  if (narrow !== undefined)
    throw new ConfigError(`BAILIWICK_NETWORK_POOL: ${narrow} is smaller than one network of /${values.BAILIWICK_NETWORK_BITS}`); // prettier-ignore
  const rootDir = findRoot();
  const storageDir = path.resolve(BAILIWICK_STORAGE_DIR ?? path.join(rootDir, 'storage'));
  return {
    ...values,
    rootDir,
    storageDir,
    workspacesHostDir: path.join(values.BAILIWICK_STORAGE_HOST_DIR ?? storageDir, 'workspaces'),
    presetsDir: path.resolve(BAILIWICK_PRESETS_DIR ?? path.join(rootDir, 'presets')),
    engineAddresses: engineAddresses(values.BAILIWICK_DOCKER_HOST, environment),
    cookieSecure:
      values.BAILIWICK_COOKIE_SECURE === 'auto'
        ? values.BAILIWICK_PUBLIC_URL.startsWith('https:')
        : values.BAILIWICK_COOKIE_SECURE === 'on',
    signInProviders: signInProviders(values.BAILIWICK_SIGN_IN_PROVIDERS_FILE),
    variable: (name) => environment[name],
    smtp: smtpServer(values),
    sftp: sftpServer(values),
    otlp: otlpReceiver(values),
  };
}

function signInProviders(file: string | undefined): readonly SignInProvider[] {
  if (file === undefined) return [];
  try {
    return readSignInProviders(path.resolve(file));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ConfigError(`BAILIWICK_SIGN_IN_PROVIDERS_FILE: ${error.message}`, { cause: error });
  }
}

function smtpServer(values: z.infer<typeof Variables>): SmtpServer | undefined {
  const { BAILIWICK_SMTP_HOST: host, BAILIWICK_SMTP_PORT: port, BAILIWICK_SMTP_TLS: tls } = values;
  const { BAILIWICK_SMTP_USER: user, BAILIWICK_SMTP_PASSWORD_FILE: file } = values;
  if (host === undefined) {
    if (user === undefined && file === undefined) return undefined;
    throw new ConfigError('BAILIWICK_SMTP_HOST: name the mail server these credentials are for');
  }
  if ((user === undefined) !== (file === undefined))
    throw new ConfigError('BAILIWICK_SMTP_USER, BAILIWICK_SMTP_PASSWORD_FILE: set both or neither');
  if (user !== undefined && tls === 'none' && !isLoopback(host))
    throw new ConfigError('BAILIWICK_SMTP_TLS: a password goes over an encrypted connection only; use starttls or tls');
  const from = values.BAILIWICK_SMTP_FROM ?? `no-reply@${senderHost(values.BAILIWICK_PUBLIC_URL)}`;
  return {
    host,
    port,
    tls,
    from,
    login: user && file ? { user, password: readSecret('BAILIWICK_SMTP_PASSWORD_FILE', file) } : undefined,
  };
}

function sftpServer(values: z.infer<typeof Variables>): SftpServer | undefined {
  const { BAILIWICK_SFTP_HOST: host, BAILIWICK_SFTP_PORT: port, BAILIWICK_SFTP_USERNAME: username = null } = values;
  if (host !== undefined) return { host, port, username };
  if (username === null) return undefined;
  throw new ConfigError('BAILIWICK_SFTP_HOST: name the server this user name is for');
}

function otlpReceiver(values: z.infer<typeof Variables>): OtlpReceiver | undefined {
  const { BAILIWICK_OTLP_URL: url, BAILIWICK_OTLP_HEADERS_FILE: file, BAILIWICK_OTLP_EVERY_MS: everyMs } = values;
  if (url === undefined) {
    if (file === undefined) return undefined;
    throw new ConfigError('BAILIWICK_OTLP_URL: name the receiver these headers are for');
  }
  const { username, password, search, hash, protocol, hostname } = new URL(url);
  if (username || password || search || hash)
    throw new ConfigError('BAILIWICK_OTLP_URL: an address and a path only; put what is secret into BAILIWICK_OTLP_HEADERS_FILE'); // prettier-ignore
  if (file !== undefined && protocol === 'http:' && !isLoopback(hostname))
    throw new ConfigError('BAILIWICK_OTLP_URL: headers of a file go over https only');
  return { url: url.replace(/\/+$/, ''), headers: file === undefined ? {} : readHeaders(file), everyMs };
}

/** A line each, `Name: value`. */
function readHeaders(file: string): Readonly<Record<string, string>> {
  const lines = readSecret('BAILIWICK_OTLP_HEADERS_FILE', file).split('\n');
  return Object.fromEntries(
    lines.map((line, at) => {
      const [, name, value] = HEADER.exec(line.trim()) ?? [];
      if (name === undefined || value === undefined)
        throw new ConfigError(`BAILIWICK_OTLP_HEADERS_FILE: line ${at + 1} of ${file} is no header; write Name: value`);
      return [name, value];
    }),
  );
}

const HEADER = /^([!#$%&'*+.^`|~\w-]+): *([\x20-\x7e]+)$/;

function readSecret(setting: string, file: string): string {
  if (!existsSync(file)) throw new ConfigError(`${setting}: there is no file ${file}`);
  if (statSync(file).mode & 0o077)
    throw new ConfigError(`${setting}: ${file} is readable by others. Run: chmod 400 ${file}`);
  const secret = readFileSync(file, 'utf8').trim();
  if (secret === '') throw new ConfigError(`${setting}: ${file} is empty`);
  return secret;
}

const isLoopback = (host: string): boolean => ['localhost', '::1'].includes(host) || host.startsWith('127.');
/** A bare number is no domain; mail servers want it in brackets. */
const senderHost = (url: string): string => {
  const { hostname } = new URL(url);
  return /^[\d.]+$/.test(hostname) ? `[${hostname}]` : hostname;
};

/** The configured engine alone, else where Docker and Podman usually listen. */
function engineAddresses(configured: string | undefined, environment: NodeJS.ProcessEnv): readonly string[] {
  const chosen = configured ?? environment['DOCKER_HOST'];
  if (chosen) {
    if (ENGINE_ADDRESS.test(chosen)) return [chosen];
    const name = configured ? 'BAILIWICK_DOCKER_HOST' : 'DOCKER_HOST';
    throw new ConfigError(`${name}: use /path/to/docker.sock, unix:///path/to/docker.sock or tcp://host:port`);
  }
  const ofUser = environment['XDG_RUNTIME_DIR'];
  return [
    '/var/run/docker.sock',
    ...(ofUser ? [`${ofUser}/docker.sock`] : []),
    `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
    '/run/podman/podman.sock',
    ...(ofUser ? [`${ofUser}/podman/podman.sock`] : []),
  ];
}

function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key}: no such setting`).join('\n');
  return `${issue.path.join('.')}: ${issue.message}`;
}

function findRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'pnpm-workspace.yaml'))) {
    const parent = path.dirname(folder);
    if (parent === folder) return process.cwd();
    folder = parent;
  }
  return folder;
}
