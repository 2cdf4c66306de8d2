import * as z from 'zod';
import { AlertId, AlertSilenceId, ContainerId, EnvironmentId, TenantId, UserId } from './ids.ts';
import { OutageCode } from './environments.ts';
import { ErrorCode } from './errors.ts';
import { Rights, Timestamp, listOf } from './wire.ts';

/** What is watched. */
export const AlertRule = z.enum([
  'container_stopped',
  'container_oom',
  'container_unhealthy',
  'container_restarting',
  'container_cpu',
  'container_memory',
  'container_disk',
  'host_cpu',
  'host_memory',
  'host_disk',
  'environment_offline',
  'certificate',
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
  container_cpu: 'warning',
  container_memory: 'warning',
  container_disk: 'warning',
  host_cpu: 'warning',
  host_memory: 'critical',
  host_disk: 'critical',
  environment_offline: 'critical',
  certificate: 'warning',
  operation_failed: 'warning',
  access_requested: 'info',
};

/** Why an alert is closed. `gone`: what it was about is no more. `old`: nobody answered it for a week. `off`: its rule was turned off. */
export const AlertEnd = z.enum(['recovered', 'acknowledged', 'gone', 'old', 'off']);
export type AlertEnd = z.infer<typeof AlertEnd>;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
/** So many percent or more, in every reading of so long. */
export const AlertThreshold = z.strictObject({
  percent: z.int().min(1).max(100),
  durationMs: z
    .int()
    .min(SECOND_MS)
    .max(24 * 60 * MINUTE_MS),
});
export type AlertThreshold = z.infer<typeof AlertThreshold>;

/** The rules that hold what is measured against a number. Processors: of what a container may use, else of all there are. */
export const THRESHOLD_RULES = ['container_cpu', 'container_memory', 'host_cpu', 'host_memory', 'host_disk'] as const;
export type ThresholdRule = (typeof THRESHOLD_RULES)[number];

const MIB = 1024 ** 2;
/** The rules that hold one number of another kind: days that are left, or bytes that are taken. */
export const AMOUNT_RULES = ['container_disk', 'certificate'] as const;
export type AmountRule = (typeof AMOUNT_RULES)[number];
export const AMOUNTS: Readonly<Record<AmountRule, { unit: 'days' | 'bytes'; least: number; most: number }>> = {
  container_disk: { unit: 'bytes', least: MIB, most: 1024 ** 5 },
  certificate: { unit: 'days', least: 1, most: 365 },
};

/** Those of which a container may have a number of its own, which then counts instead of the rule's. */
export const OWN_THRESHOLD_RULES = ['container_cpu', 'container_memory'] as const;
export const OwnThresholdRule = z.enum(OWN_THRESHOLD_RULES);
export type OwnThresholdRule = z.infer<typeof OwnThresholdRule>;
/** The numbers of one container: the rule's, and its own where it has one. A rule that is off tells nothing of either. */
export const ContainerThreshold = z.object({
  rule: OwnThresholdRule,
  on: z.boolean(),
  general: AlertThreshold,
  own: AlertThreshold.nullable(),
  setBy: z.string().nullable(),
  setAt: Timestamp.nullable(),
});
export type ContainerThreshold = z.infer<typeof ContainerThreshold>;
export const ContainerThresholdList = z.object({ items: z.array(ContainerThreshold) });
export type ContainerThresholdList = z.infer<typeof ContainerThresholdList>;
/** `threshold` null: the rule's number again. */
export const PutContainerThreshold = z.strictObject({
  rule: OwnThresholdRule,
  threshold: AlertThreshold.nullable(),
});
export type PutContainerThreshold = z.infer<typeof PutContainerThreshold>;

/** Whether a rule is on; `threshold` and `amount` are null of those that hold no such number. */
export const AlertRuleState = z.object({
  rule: AlertRule,
  severity: AlertSeverity,
  on: z.boolean(),
  threshold: AlertThreshold.nullable(),
  amount: z.int().nullable(),
});
export type AlertRuleState = z.infer<typeof AlertRuleState>;
export const AlertRuleList = z.object({ items: z.array(AlertRuleState) });
export type AlertRuleList = z.infer<typeof AlertRuleList>;
/** One rule as it is to be from now on. A number that is not named stays. */
export const PutAlertRule = z.strictObject({
  rule: AlertRule,
  on: z.boolean(),
  threshold: AlertThreshold.optional(),
  amount: z.int().optional(),
});
export type PutAlertRule = z.infer<typeof PutAlertRule>;

/** What is wrong with a certificate: it ends soon, has ended, has not begun, nobody known signed it, or it is another's. */
export const CertificateProblem = z.enum(['expiring', 'expired', 'early', 'untrusted', 'name']);
export type CertificateProblem = z.infer<typeof CertificateProblem>;

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
  /** What was measured when it opened, against what, and of which disk. */
  percent: z.number().optional(),
  threshold: AlertThreshold.optional(),
  mountpoint: z.string().optional(),
  /** What a container's own files took when it opened, against what. */
  bytes: z.number().optional(),
  amount: z.number().optional(),
  certificate: z.object({ problem: CertificateProblem, validUntil: Timestamp }).optional(),
});
export type AlertFacts = z.infer<typeof AlertFacts>;

/** Something that needs somebody. One thing and one rule have one open alert at most. */
export const Alert = z.object({
  id: AlertId,
  rule: AlertRule,
  severity: AlertSeverity,
  /** What it is about: the id of a container, an environment, an operation or an access request; of a certificate, where it is served. */
  thing: z.object({
    kind: z.enum(['container', 'environment', 'operation', 'accessRequest', 'certificate']),
    id: z.string(),
  }),
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
  environment: EnvironmentId.optional(),
});
export type ListAlerts = z.infer<typeof ListAlerts>;

/** One alert's thing and rule, from now on. */
export const SilenceAlert = z.strictObject({
  durationMs: z
    .int()
    .min(MINUTE_MS)
    .max(30 * 24 * 60 * MINUTE_MS),
});
export type SilenceAlert = z.infer<typeof SilenceAlert>;
