'use client';

import { useTranslations } from 'next-intl';
import type { AccessRequest } from '@bailiwick/contract';
import { Badge } from '../../ui/badge.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useCapabilityWords } from '../access/capability-words.ts';
import { useRequestWords } from './request-words.ts';

/** What is asked for, why, and for how long; and what was said to it. */
export function RequestFacts({ request }: { request: AccessRequest }) {
  const t = useTranslations('accessRequests');
  const capabilities = useCapabilityWords();
  const words = useRequestWords();
  const { capabilities: wanted, reason, durationMs, createdAt, decidedAt, decidedBy, note, state } = request;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <ul aria-label={t('rights')} className="flex flex-wrap gap-1.5">
        {wanted.map((capability) => (
          <li key={capability}>
            <Badge tone="info" title={capabilities.sentence(capability)}>
              {capabilities.name(capability)}
            </Badge>
          </li>
        ))}
      </ul>
      <p className="border-s-2 border-line-strong ps-2 break-words">{reason}</p>
      <p className="text-xs text-fg-2">
        {t.rich('forSince', { span: words.duration(durationMs), at: () => <TimeAgo at={createdAt} /> })}
      </p>
      {decidedAt !== null && state !== 'withdrawn' && (
        <p className="text-xs break-words text-fg-2">
          {t.rich('decided', { state, by: decidedBy?.name ?? '', at: () => <TimeAgo at={decidedAt} /> })}
          {note !== null && <span className="block text-sm text-fg">{t('note', { note })}</span>}
        </p>
      )}
    </div>
  );
}
