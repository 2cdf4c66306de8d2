import * as z from 'zod';

/** One command with its words, as it is typed; no shell reads it. */
export const RunCommand = z.strictObject({ command: z.string().min(1).max(4096) });
export type RunCommand = z.infer<typeof RunCommand>;

/** What may be run one by one in a container, by the kind of its image. */
export const CommandChoice = z.object({
  programs: z.array(z.string()),
  /** Where they start; null: where its main program does. */
  directory: z.string().nullable(),
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

/** One line for the main program of the container; the answer is in its log. */
export const SendLine = z.strictObject({
  line: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'A line has no control characters.'),
});
export type SendLine = z.infer<typeof SendLine>;
