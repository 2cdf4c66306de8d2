import * as z from 'zod';

/** One command with its words, as it is typed; no shell reads it. */
export const RunCommand = z.strictObject({ command: z.string().min(1).max(4096) });
export type RunCommand = z.infer<typeof RunCommand>;

/** What may be run one by one in a container, by the kind of its image. */
export const CommandChoice = z.object({
  programs: z.array(z.string()),
  /** Where they start; null: where its main program does. */
  directory: z.string().nullable(),
  /** In the background any program may be run, also by its path. */
  anything: z.boolean(),
});
export type CommandChoice = z.infer<typeof CommandChoice>;

/** What came of it. `exitCode` is null where its time was up before it ended. */
export const CommandResult = z.object({
  exitCode: z.int().nullable(),
  stdout: z.string(),
  stderr: z.string(),
  /** There was more than is kept. */
  truncated: z.boolean(),
  timedOut: z.boolean(),
});
export type CommandResult = z.infer<typeof CommandResult>;

/** One line for the main program of the container; the answer is in its log, unless a program of the image brought it there. */
export const SendLine = z.strictObject({
  line: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'A line has no control characters.'),
});
export type SendLine = z.infer<typeof SendLine>;
/** What the program said that brought the line there; null where it was typed, and the answer is in the log. */
export const LineSent = z.object({ said: z.string().nullable() });
export type LineSent = z.infer<typeof LineSent>;

/** One line its main program understands, at hand. */
export const QuickAction = z.strictObject({ label: z.string().min(1).max(40), line: SendLine.shape.line });
export type QuickAction = z.infer<typeof QuickAction>;

/**
 * How a line gets to the main program: its input is open; it is a game whose input is closed, so that the image's own
 * console program is asked; or nobody can type to it. Null while its engine does not say.
 */
export const ConsoleWay = z.enum(['input', 'program', 'closed']);
export type ConsoleWay = z.infer<typeof ConsoleWay>;
export const ContainerConsole = z.object({
  way: ConsoleWay.nullable(),
  /** What its preset has at hand now. */
  quickActions: z.array(QuickAction),
});
export type ContainerConsole = z.infer<typeof ContainerConsole>;
