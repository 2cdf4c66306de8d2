import * as z from 'zod';
import { ErrorEnvelope } from './errors.ts';
import { ContainerId, TerminalId, UserId } from './ids.ts';
import { AbsolutePath } from './run-options.ts';
import { listOf } from './wire.ts';

/** Through an open file of the engine's own, one could get out of the container. */
const KERNEL = /^\/+(?:proc|sys|dev)(?:\/|$)/;

/** Asked for in this order where nobody chose. */
export const Shell = z.enum(['bash', 'ash', 'sh']);
export type Shell = z.infer<typeof Shell>;

/** In characters. */
export const TerminalSize = z.strictObject({ columns: z.int().min(1).max(500), rows: z.int().min(1).max(500) });
export type TerminalSize = z.infer<typeof TerminalSize>;

/** Namespace `/terminal`, event `open`: a new shell in a running container, shown on this socket. */
export const OpenTerminal = TerminalSize.extend({
  containerId: ContainerId,
  /** As root, which takes a right of its own; else as the container's own user. */
  root: z.boolean().default(false),
  shell: Shell.optional(),
  /** Where it starts; the console directory of the container, else where its program works. */
  directory: AbsolutePath.refine((path) => !KERNEL.test(path), 'Use a folder that is not the kernel’s.').optional(),
});
export type OpenTerminal = z.infer<typeof OpenTerminal>;

/** Event `attach`: one that is open already. `after`: how many bytes of it this client has; the rest follows. */
export const AttachTerminal = TerminalSize.extend({ id: TerminalId, after: z.int().min(0).optional() });
export type AttachTerminal = z.infer<typeof AttachTerminal>;

export const Terminal = z.object({
  id: TerminalId,
  containerId: ContainerId,
  shell: Shell,
  root: z.boolean(),
  openedBy: z.object({ id: UserId, name: z.string() }),
  openedAt: z.iso.datetime(),
  /** What is shown is written down, for who may see such recordings. */
  recorded: z.boolean(),
  viewers: z.int(),
});
export type Terminal = z.infer<typeof Terminal>;
export const TerminalList = listOf(Terminal);
export type TerminalList = z.infer<typeof TerminalList>;

export const TerminalAnswer = z.discriminatedUnion('ok', [
  /** `offset`: how many bytes came before the first that follows; what follows up to `end` was said before. */
  z.object({ ok: z.literal(true), terminal: Terminal, viewer: z.string(), offset: z.int(), end: z.int() }),
  z.object({ ok: z.literal(false), error: ErrorEnvelope }),
]);
export type TerminalAnswer = z.infer<typeof TerminalAnswer>;

/**
 * Event `frame` (bytes), both ways; the first byte is its type. Data: raw bytes of the terminal, or typed ones, at most
 * `TERMINAL_FRAME_BYTES`. Resize: columns and rows, 16 bits each, big-endian. Ack: how many bytes of data were shown, 32
 * bits. Exit and notice come from the core only, as JSON. A frame with an acknowledgement is answered once it was typed.
 */
export const TERMINAL_FRAME = { data: 0, resize: 1, ack: 2, exit: 3, notice: 4 } as const;
export const TERMINAL_FRAME_BYTES = 32 * 1024;
/** The program waits once this much was not acknowledged by who controls it, and goes on at the lower mark. */
export const TERMINAL_HIGH_BYTES = 128 * 1024;
export const TERMINAL_LOW_BYTES = 16 * 1024;
/** What is kept to be shown again. */
export const TERMINAL_REPLAY_BYTES = 256 * 1024;

export const TerminalExit = z.object({
  reason: z.enum([
    'exited',
    'container_ended',
    'ended',
    'idle',
    'signed_out',
    'rights_changed',
    'not_found',
    'connection_lost',
    'core_ended',
  ]),
  exitCode: z.int().nullable(),
});
export type TerminalExit = z.infer<typeof TerminalExit>;

export const TerminalNotice = z.discriminatedUnion('type', [
  /** Who looks on; one of them types and says how large it is. */
  z.object({
    type: z.literal('viewers'),
    viewers: z.array(z.object({ id: z.string(), name: z.string(), controls: z.boolean() })),
    columns: z.int(),
    rows: z.int(),
  }),
  /** What follows does not join on to what was shown: `skipped` bytes are gone. */
  z.object({ type: z.literal('skipped'), bytes: z.int() }),
  /** Nothing was typed or said for long: it ends at this moment, unless something is. Null: it goes on. */
  z.object({ type: z.literal('idle'), endsAt: z.iso.datetime().nullable() }),
]);
export type TerminalNotice = z.infer<typeof TerminalNotice>;
