import * as z from 'zod';
import { AlertId, AlertSilenceId, ContainerId, EnvironmentId, TenantId, UserId } from './ids.ts';
import { OutageCode } from './environments.ts';
import { ErrorCode } from './errors.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** What is watched; all of them are on. */
export const AlertRule = z.enum([
  'container_stopped',
  'container_oom',
  'container_unhealthy',
  'container_restarting',
  'environment_offline',
  'operation_failed',
  'access_requested',
]);
export type AlertRule = z.infer<typeof AlertRule>;

export const AlertSeverity = z.enum(['info', 'warning', 'critical']);
export type AlertSeverity = z.infer<typeof AlertSeverity>;
export const ALERT_SEVERITIES: Readonly<Record<AlertRule, AlertSeverity>> = {
  container_stopped: 'critical',
  container_oom: 'critical',
  container_unhealthy: 'warning',
  container_restarting: 'critical',
  environment_offline: 'critical',
  operation_failed: 'warning',
  access_requested: 'info',
};

/** Why an alert is closed. `gone`: what it was about is no more. `old`: nobody answered it for a week. */
export const AlertEnd = z.enum(['recovered', 'acknowledged', 'gone', 'old']);
export type AlertEnd = z.infer<typeof AlertEnd>;

/** What is known of it, as far as its rule tells. */
export const AlertFacts = z.object({
  exitCode: z.int().optional(),
  /** The operation that failed: which, and what it does. */
  operationId: z.string().optional(),
  operation: z.string().optional(),
  /** With what it failed; of an engine, why it is away. */
  code: z.union([ErrorCode, OutageCode]).optional(),
  /** Who asks for access. */
  by: z.string().optional(),
});
export type AlertFacts = z.infer<typeof AlertFacts>;

/** Something that needs somebody. One thing and one rule have one open alert at most. */
export const Alert = z.object({
  id: AlertId,
  rule: AlertRule,
  severity: AlertSeverity,
  /** What it is about: the id of a container, an environment, an operation or an access request. */
  thing: z.object({ kind: z.enum(['container', 'environment', 'operation', 'accessRequest']), id: z.string() }),
  label: z.string(),
  tenantId: TenantId.nullable(),
  environmentId: EnvironmentId.nullable(),
  containerId: ContainerId.nullable(),
  state: z.enum(['open', 'closed']),
  /** How often it happened while it was open. */
  count: z.int(),
  facts: AlertFacts,
  openedAt: Timestamp,
  /** When it happened last. */
  lastAt: Timestamp,
  closedAt: Timestamp.nullable(),
  end: AlertEnd.nullable(),
  acknowledged: z.object({ by: z.object({ id: UserId, name: z.string() }), at: Timestamp }).nullable(),
  /** Nobody is told of it until then. */
  silencedUntil: Timestamp.nullable(),
  /** What silences it beside an answer to it: a silence of its rule or of where it is. */
  silence: z.object({ id: AlertSilenceId, reason: z.string() }).nullable(),
  rights: Rights,
});
export type Alert = z.infer<typeof Alert>;
/** `open`: how many are open, in all, that the reader may see. */
export const AlertList = listOf(Alert).extend({ open: z.int() });
export type AlertList = z.infer<typeof AlertList>;
export const AlertAnswer = z.object({ item: Alert });
export type AlertAnswer = z.infer<typeof AlertAnswer>;

export const ListAlerts = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  container: ContainerId.optional(),
});
export type ListAlerts = z.infer<typeof ListAlerts>;

const MINUTE_MS = 60_000;
/** One alert's thing and rule, from now on. */
export const SilenceAlert = z.strictObject({
  durationMs: z
    .int()
    .min(MINUTE_MS)
    .max(30 * 24 * 60 * MINUTE_MS),
});
export type SilenceAlert = z.infer<typeof SilenceAlert>;
