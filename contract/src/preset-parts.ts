import * as z from 'zod';
import { QuickAction } from './commands.ts';
import { FLAGS, type Flag } from './mappings.ts';
import { listOf } from './wire.ts';

/** How a program of that kind is installed and started; `generic` is started as its image says. */
export const Protocol = z.enum([
  'python-flask',
  'python-fastapi',
  'python-django',
  'python-pip',
  'node-vite',
  'node-npm',
  'static-web',
  'generic',
]);
export type Protocol = z.infer<typeof Protocol>;

/** The roles people carry in their tenant that a preset may mean otherwise. */
export const PresetRoleTag = z.enum(['user', 'moderator', 'developer', 'tester', 'admin']);
export type PresetRoleTag = z.infer<typeof PresetRoleTag>;
const flags = Object.keys(FLAGS) as [Flag, ...Flag[]];
/** The eight switches of one role, all of them said. */
export const PresetRole = z.record(z.enum(flags), z.boolean());
export type PresetRole = z.infer<typeof PresetRole>;
/** What roles mean on what is deployed from it; one that is left out means what it means everywhere. */
export const PresetRoles = z.partialRecord(PresetRoleTag, PresetRole);
export type PresetRoles = z.infer<typeof PresetRoles>;

/** What in its log is worth telling. */
export const PresetLogTrigger = z.strictObject({
  label: z.string().min(1).max(80),
  pattern: z.string().min(1).max(200),
  severity: z.enum(['info', 'warning', 'error']),
  /** What mends it: a line for its main program, or a page of the container. */
  fix: z
    .union([
      QuickAction,
      z.strictObject({ label: QuickAction.shape.label, page: z.enum(['settings', 'shell', 'console']) }),
    ])
    .optional(),
});
export type PresetLogTrigger = z.infer<typeof PresetLogTrigger>;
/** What the preset of a container finds worth telling in its log. */
export const LogTriggerList = listOf(PresetLogTrigger);
export type LogTriggerList = z.infer<typeof LogTriggerList>;

/** The short way to a website: a name, what kind it is, its port and where its files are; the rest as the preset says. */
export const PresetWebsite = z.strictObject({
  type: Protocol,
  label: z.string().min(1).max(40),
  /** Of the ports, the one that is asked for. */
  containerPort: z.int().min(1).max(65535),
  /** Of the volumes, the one with the files. */
  volume: z.string(),
  /** Offered first. */
  preferred: z.boolean().default(false),
});
