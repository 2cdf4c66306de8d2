import type { Alert, AlertSeverity } from '@bailiwick/contract';
import type { StatusIcon } from '../../ui/badge.tsx';

export const ALERT_TABS = ['open', 'closed'] as const;
export type AlertTab = (typeof ALERT_TABS)[number];

export const readTab = (text: string | string[] | undefined): AlertTab =>
  ALERT_TABS.find((tab) => tab === text) ?? 'open';
export const tabAddress = (tab: AlertTab): string => (tab === 'open' ? '/alerts' : `/alerts?tab=${tab}`);
export const alertAddress = (id: string): string => `/alerts/${id}`;

export const SEVERITY_ICONS: Record<AlertSeverity, StatusIcon> = { critical: 'bad', warning: 'warning', info: 'info' };

/** Whether it rings: nobody sees to it yet, and nobody silenced it. */
export const rings = ({ state, acknowledged, silencedUntil }: Alert, nowMs: number): boolean =>
  state === 'open' && acknowledged === null && (silencedUntil === null || Date.parse(silencedUntil) <= nowMs);

/** Where what it is about is shown; null where nothing shows it. */
export function thingAddress({ thing, containerId, facts }: Alert): string | null {
  if (facts.operationId !== undefined) return `/activity/${facts.operationId}`;
  if (containerId !== null) return `/containers/${containerId}`;
  if (thing.kind === 'certificate') return null;
  return thing.kind === 'accessRequest' ? `/access/requests/${thing.id}` : '/environments';
}

/** What was read and what was told since, as it is now; the newest first. */
export function merged(read: readonly Alert[], followed: readonly Alert[]): Alert[] {
  const byId = new Map([...read, ...followed].map((alert) => [alert.id, alert]));
  return [...byId.values()].toSorted((one, other) => (one.lastAt < other.lastAt ? 1 : -1));
}

/** Those of a tab whose words hold the text. */
export const alertsIn = (
  tab: AlertTab,
  alerts: readonly Alert[],
  { text, toWords }: { text: string; toWords: (alert: Alert) => string },
): Alert[] =>
  alerts.filter(
    (alert) => alert.state === tab && toWords(alert).toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()),
  );

const CRASHES: ReadonlySet<Alert['rule']> = new Set<Alert['rule']>([
  'container_stopped',
  'container_oom',
  'container_restarting',
]);
/** Whether it tells of an end that nobody asked for: something is kept of it. */
export const isCrash = ({ rule }: Pick<Alert, 'rule'>): boolean => CRASHES.has(rule);
