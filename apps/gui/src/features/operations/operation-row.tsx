'use client';

import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { Operation } from '@bailiwick/contract';
import { formatDuration } from '../../lib/format.ts';
import { useNow } from '../../ui/clock.ts';
import { Progress } from '../../ui/progress.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { durationMs, isEnded, percentOf } from './operation.rules.ts';
import { OperationStatus } from './operation-status.tsx';
import { useOperationTitle } from './operation-words.ts';

/** One operation in a narrow place: what, how far, when. */
export function OperationRow({ operation, onFollow }: { operation: Operation; onFollow: () => void }) {
  const t = useTranslations('operations');
  const title = useOperationTitle()(operation);
  return (
    <div className="flex flex-col gap-1 py-2.5">
      <div className="flex items-start gap-3">
        <Link
          href={`/activity/${operation.id}`}
          onClick={onFollow}
          className="min-w-0 grow font-medium break-words hover:underline"
        >
          {title}
        </Link>
        <OperationStatus state={operation.state} />
      </div>
      {!isEnded(operation) && <Progress percent={percentOf(operation)} label={t('progressOf', { title })} />}
      <p className="text-xs text-fg-3">
        {t('startedBy', { who: operation.startedBy.displayName })} · <TimeAgo at={operation.createdAt} />
      </p>
    </div>
  );
}

/** How long it took, or has taken so far. */
export function Duration({ operation }: { operation: Pick<Operation, 'startedAt' | 'finishedAt'> }) {
  const locale = useLocale();
  const now = useNow(1000);
  const ms = durationMs(operation, now);
  return <span suppressHydrationWarning>{ms === null ? '–' : formatDuration(ms, locale)}</span>;
}
