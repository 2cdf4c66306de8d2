'use client';

import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import type { Grant } from '@bailiwick/contract';
import { cn } from '../../ui/class-names.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useAccessWords } from './access-words.ts';

/** What stands behind a right: what was given, by whom, when, why, and until when. */
export function GrantSource({ grant, className, ...rest }: ComponentProps<'p'> & { grant: Grant }) {
  const t = useTranslations('access.explain');
  const words = useAccessWords();
  return (
    <p
      data-slot="grant-source"
      className={cn('mt-1 border-s-2 border-line-strong ps-2 text-xs break-words', className)}
      {...rest}
    >
      {t.rich('given', {
        what: words.given(grant),
        to: grant.principalName ?? grant.principal.id,
        by: grant.grantedBy.name,
        at: () => <TimeAgo at={grant.grantedAt} />,
      })}
      {grant.target.kind !== 'container' && ` · ${words.thingOf(grant)}`}
      {grant.reason !== null && <span className="block">{t('reason', { reason: grant.reason })}</span>}
      {grant.expiresAt !== null && <span className="block">{t('ends', { at: words.moment(grant.expiresAt) })}</span>}
    </p>
  );
}
