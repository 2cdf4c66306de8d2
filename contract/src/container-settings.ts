import * as z from 'zod';
import { Protocol } from './preset-parts.ts';
import { FolderInside } from './run-options.ts';
import { Timestamp } from './wire.ts';

/** Nothing that moves a cursor or ends a line. */
const PRINTABLE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);

/** The part before the path names a host and nobody's password. */
const ADDRESS = /^https?:\/\/[^/?#@\s\p{Cc}]+(?:[/?#][^\s\p{Cc}]*)?$/iu;

const CommandText = z
  .string()
  .trim()
  .min(1)
  .max(4096)
  .regex(PRINTABLE, 'A command is one line without control characters.');
const PortNumber = z.int().min(1).max(65_535);

export const DomainName = z.string().toLowerCase().regex(DOMAIN, 'This is no domain name.');
export const LaunchUrl = z
  .url({ protocol: /^https?$/, hostname: z.regexes.hostname })
  .max(2048)
  .regex(ADDRESS, 'This is no web address without a password.');

/** What a container is to be started with and how it is reached; null where nothing was decided. */
export const SavedSettings = z.object({
  startupCommand: CommandText.nullable(),
  installCommand: CommandText.nullable(),
  projectProtocol: Protocol.nullable(),
  /** The ports inside the container that are to be published. */
  allowedPorts: z
    .array(PortNumber)
    .max(100)
    .refine((ports) => new Set(ports).size === ports.length, 'Name each port once.')
    .nullable(),
  domainName: DomainName.nullable(),
  launchUrl: LaunchUrl.nullable(),
  /** Of the folders that are shared, the one whose files are reached without `files.root`. */
  explorerRoot: FolderInside.nullable(),
  /** Where a command begins that is run in it. */
  consoleDirectory: FolderInside.nullable(),
});
export type SavedSettings = z.infer<typeof SavedSettings>;

/** Only what is named changes; null takes it back. */
export const ChangeSettings = z
  .strictObject(SavedSettings.partial().shape)
  .refine((fields) => Object.keys(fields).length > 0, 'Name at least one setting.');
export type ChangeSettings = z.infer<typeof ChangeSettings>;

export const RestartPolicyName = z.enum(['no', 'always', 'unless-stopped', 'on-failure']);
export type RestartPolicyName = z.infer<typeof RestartPolicyName>;

/** A count is for `on-failure` only; without one it tries for ever. */
export const ChangeRestartPolicy = z
  .strictObject({ name: RestartPolicyName, maximumRetryCount: z.int().min(0).max(1000).optional() })
  .refine(({ name, maximumRetryCount }) => name === 'on-failure' || maximumRetryCount === undefined, {
    path: ['maximumRetryCount'],
    message: 'Only on-failure counts its tries.',
  });
export type ChangeRestartPolicy = z.infer<typeof ChangeRestartPolicy>;

/** A port the engine publishes whenever the container runs; `hostPort` null where the engine chooses one. */
export const PortRule = z.object({
  ip: z.string(),
  hostPort: z.int().nullable(),
  containerPort: z.int(),
  protocol: z.enum(['tcp', 'udp', 'sctp']),
});
export type PortRule = z.infer<typeof PortRule>;

/** What was saved beside what the container really has. */
export const ContainerSettings = z.object({
  saved: SavedSettings,
  /** Null while the engine does not answer: only it can tell. */
  applied: z
    .object({
      command: z.array(z.string()),
      entrypoint: z.array(z.string()),
      restartPolicy: z.object({ name: z.string(), maximumRetryCount: z.int() }),
    })
    .nullable(),
  availablePorts: z.array(PortRule),
  /** Something that was saved waits for the container to be made anew. */
  pending: z.boolean().nullable(),
  savedAt: Timestamp.nullable(),
  savedBy: z.string().nullable(),
});
export type ContainerSettings = z.infer<typeof ContainerSettings>;
