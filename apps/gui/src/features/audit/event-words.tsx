import { useTranslations } from 'next-intl';
import type { AuditEvent } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { knownAction } from './audit-event.rules.ts';

const ICONS: Record<AuditEvent['outcome'], StatusIcon> = {
  // Nothing turns in a log: what was begun is over, or its end is a row of its own.
  intent: 'created',
  done: 'good',
  failed: 'bad',
  refused: 'warning',
};

/** What was done; an action without words of its own is shown as it is. */
export function ActionWords({ event }: { event: Pick<AuditEvent, 'action'> }) {
  const t = useTranslations('audit.actions');
  const known = knownAction(event.action);
  if (known !== undefined) return t(known);
  return (
    <code translate="no" className="text-xs">
      {event.action}
    </code>
  );
}

export function OutcomeBadge({ outcome }: Pick<AuditEvent, 'outcome'>) {
  const t = useTranslations('audit.outcomes');
  return (
    <StatusBadge icon={ICONS[outcome]} className="align-middle">
      {t(outcome)}
    </StatusBadge>
  );
}

export function Who({ actor }: Pick<AuditEvent, 'actor'>) {
  const t = useTranslations('audit');
  if (actor.kind === 'system') return t('core');
  if (actor.kind === 'anonymous' && actor.name === 'unknown') return t('nobody');
  return <span translate="no">{actor.name}</span>;
}
