import * as z from 'zod';
import { GrantTarget } from './access.ts';
import { AlertRule } from './alerts.ts';
import { AlertSilenceId, UserId } from './ids.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** As the time zone database calls it: `Europe/Berlin`. */
const TimeZone = z.string().min(1).max(64).refine(isTimeZone, 'is no time zone; use a name such as Europe/Berlin');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Once, from then until then. */
const Once = z.strictObject({ kind: z.literal('once'), from: Timestamp, until: Timestamp });
/** Every week on these days, 1 for Monday, from then on by the clock of a place, for so long. */
const Weekly = z.strictObject({
  kind: z.literal('weekly'),
  days: z
    .array(z.int().min(1).max(7))
    .min(1)
    .max(7)
    .refine((days) => new Set(days).size === days.length, 'names a day twice'),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time such as 03:30'),
  minutes: z.int().min(1).max(DAY_MINUTES),
  timeZone: TimeZone,
});
export const SilenceTime = z.discriminatedUnion('kind', [Once, Weekly]);
export type SilenceTime = z.infer<typeof SilenceTime>;

/** From now on, for so long. */
const For = z.strictObject({
  kind: z.literal('for'),
  durationMs: z
    .int()
    .min(MINUTE_MS)
    .max(30 * DAY_MINUTES * MINUTE_MS),
});

/** Nobody is told of what goes wrong there meanwhile. */
export const CreateSilence = z.strictObject({
  reason: z.string().trim().min(1).max(200),
  /** One rule only; null for all that tell how things are. Requests for access are silenced by name only. */
  rule: AlertRule.nullable().default(null),
  /** Where; null for everywhere. */
  scope: GrantTarget.nullable(),
  time: z.discriminatedUnion('kind', [For, Once, Weekly]),
});
export type CreateSilence = z.infer<typeof CreateSilence>;

/** A silence of more than one alert; a maintenance window is one that begins later or comes back every week. */
export const Silence = z.object({
  id: AlertSilenceId,
  reason: z.string(),
  rule: AlertRule.nullable(),
  scope: GrantTarget.nullable(),
  /** What the scope is called; null where it is gone, or everywhere. */
  label: z.string().nullable(),
  time: SilenceTime,
  by: z.object({ id: UserId, name: z.string() }),
  createdAt: Timestamp,
  /** Until when it silences now; null where it does not. */
  activeUntil: Timestamp.nullable(),
  /** When it begins next; null where it does not begin again. */
  nextFrom: Timestamp.nullable(),
  /** Whether the reader may end it. */
  rights: Rights,
});
export type Silence = z.infer<typeof Silence>;
export const SilenceList = listOf(Silence);
export type SilenceList = z.infer<typeof SilenceList>;
export const SilenceAnswer = z.object({ item: Silence });
export type SilenceAnswer = z.infer<typeof SilenceAnswer>;
