import { useTranslations } from 'next-intl';
import type { AuditEvent } from '@bailiwick/contract';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { useCapabilityName } from '../access/capability-words.ts';
import { knownAction } from './audit-event.rules.ts';

const ICONS: Record<AuditEvent['outcome'], StatusIcon> = {
  // Nothing turns in a log: what was begun is over, or its end is a row of its own.
  intent: 'created',
  done: 'good',
  failed: 'bad',
  refused: 'warning',
};

/** What was done, or the right a refused try took; null where this panel has no words for it. */
export function useActionName(): (action: string) => string | null {
  const t = useTranslations('audit.actions');
  const toCapability = useCapabilityName();
  return (action) => {
    const known = knownAction(action);
    return known === undefined ? toCapability(action) : t(known);
  };
}

/** What was done; an action without words of its own is shown as it is. */
export function ActionWords({ event: { action } }: { event: Pick<AuditEvent, 'action'> }) {
  const name = useActionName()(action);
  if (name !== null) return <span title={action}>{name}</span>;
  return (
    <code translate="no" className="text-xs">
      {action}
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
