import { Ghost } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { AuditEvent } from '@bailiwick/contract';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { ActivityTable } from './container-activity.tsx';
import { foldBegun } from '../audit/audit-event.rules.ts';

export interface Farewell {
  name: string;
  who: string;
  at: string;
}

interface Props {
  /** By whom and when it was deleted, where this person may know. */
  farewell: Farewell | null;
  events: readonly AuditEvent[];
}

/** Where a container stood: who deleted it and when, or only that it is not there. */
export function GoneContainer({ farewell, events }: Props) {
  const t = useTranslations('containers.gone');
  return (
    <>
      <EmptyState
        icon={Ghost}
        level="page"
        title={farewell === null ? t('unnamed') : t('title', { name: farewell.name })}
        actions={
          <>
            <Button asChild>
              <Link href="/containers">{t('back')}</Link>
            </Button>
            {farewell !== null && (
              <Button asChild look="ghost">
                <Link href="/bin">{t('bin')}</Link>
              </Button>
            )}
          </>
        }
      >
        <p>
          {farewell === null
            ? t('text')
            : t.rich('by', { who: farewell.who, when: () => <TimeAgo at={farewell.at} /> })}
        </p>
      </EmptyState>
      {events.length > 0 && (
        <section aria-label={t('history')} className="mx-auto max-w-4xl">
          <h2 className="mb-2 text-md font-semibold">{t('history')}</h2>
          <ActivityTable events={foldBegun(events)} />
        </section>
      )}
    </>
  );
}
