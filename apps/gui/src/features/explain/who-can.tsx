'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Capability, WhoCanList } from '@bailiwick/contract';
import { api, ApiError } from '../../lib/api.ts';
import { Card, CardTitle } from '../../ui/card.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useCapabilityWords } from '../access/capability-words.ts';
import { Failure } from '../shell/failure.tsx';
import { explainPageAddress } from '../reach/reach.rules.ts';

interface Props {
  resource: string;
  name: string;
  capability: Capability;
}

/** Everybody who may, with the rule that lets them; only for who answers for the thing. */
export function WhoCan({ resource, name, capability }: Props) {
  const t = useTranslations('explain');
  const capabilities = useCapabilityWords();
  const { data, error, refetch } = useQuery({
    queryKey: ['access', 'who-can', resource, capability],
    queryFn: ({ signal }) =>
      api<WhoCanList>('GET', `/access/who-can?${new URLSearchParams({ resource, capability })}`, { signal }),
    staleTime: 0,
  });
  // That others may not be asked about is the answer of the form already.
  if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return null;
  const title = t('whoCan', { what: capabilities.name(capability), name });
  return (
    <Card aria-label={title}>
      <CardTitle className="mb-2 break-words">{title}</CardTitle>
      {error instanceof ApiError && <Failure level="part" error={error.envelope} onRetry={() => void refetch()} />}
      {!data && !error && (
        <Loading label={t('whoCanLoading')} className="flex flex-col gap-2">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-1/3" />
        </Loading>
      )}
      {data && (
        <>
          <p className="mb-2 text-fg-2">{t('whoCanText', { count: data.items.length })}</p>
          <ul className="divide-y divide-line" data-slot="who-can">
            {data.items.map(({ user, decidedBy }) => (
              <li key={user.id} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
                <Link
                  href={explainPageAddress({ who: user.id, what: resource, can: capability })}
                  prefetch={false}
                  translate="no"
                  title={t('explainFor', { name: user.name })}
                  className="inline-flex min-h-6 items-center font-medium break-words hover:underline touch:min-h-11"
                >
                  {user.name}
                </Link>
                <span translate="no" className="font-mono text-xs text-fg-2">
                  {user.username}
                </span>
                <span className="ms-auto text-fg-2">{capabilities.rule(decidedBy)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
