'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { Advice, AdviceList, ContainerAdvice, ContainerId } from '@bailiwick/contract';
import { api } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import { useUnits } from '../metrics/metric-format.ts';
import { isOfMemory, mayPlan, planAddress } from './advice.rules.ts';

const HOUR_MS = 3_600_000;
const FIRST = 5;

/** Limits that would fit better, of one container or of all; nothing where all fit. */
export function AdviceSection({ container }: { container?: ContainerId }) {
  const t = useTranslations('metrics.advice');
  const { data } = useQuery({
    queryKey: ['advice', container ?? null],
    queryFn: ({ signal }) =>
      api<AdviceList>('GET', `/advice${container === undefined ? '' : `?container=${container}`}`, { signal }),
    staleTime: HOUR_MS / 2,
  });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label={t('title')} data-slot="advice">
      <h2 className="mb-2 text-lg font-semibold">{t('title')}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface-1 px-4">
        {items.slice(0, FIRST).map((each) => (
          <li key={each.containerId} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <About advice={each} isNamed={container === undefined} />
          </li>
        ))}
      </ul>
      {items.length > FIRST && <p className="mt-2 text-fg-3">{t('more', { count: items.length - FIRST })}</p>}
    </section>
  );
}

function About({ advice, isNamed }: { advice: ContainerAdvice; isNamed: boolean }) {
  const t = useTranslations('metrics.advice');
  const { containerId, name, measuredMs, items } = advice;
  const hours = Math.round(measuredMs / HOUR_MS);
  return (
    <>
      <div className="min-w-0 grow basis-72">
        {isNamed && (
          <Link
            href={`/containers/${containerId}/stats`}
            prefetch={false}
            translate="no"
            className="font-medium break-words hover:underline"
          >
            {name}
          </Link>
        )}
        {items.map((each) => (
          <Reason key={each.kind} advice={each} />
        ))}
        <p className="text-xs text-fg-3">{t('measured', { hours })}</p>
      </div>
      {mayPlan(advice) && (
        <Button asChild>
          <Link href={planAddress(advice)} prefetch={false}>
            {t('plan')}
            <span className="sr-only"> · {name}</span>
          </Link>
        </Button>
      )}
    </>
  );
}

/** Why, in numbers, and what would fit. */
function Reason({ advice: { kind, limit, usual, most, proposed, oomKills } }: { advice: Advice }) {
  const t = useTranslations('metrics.advice');
  const locale = useLocale();
  const { cores } = useUnits();
  const write = (value: number) => (isOfMemory(kind) ? formatBytes(value, locale) : cores(value));
  return (
    <p className="text-sm text-fg-2">
      {t(`kind.${kind}`, { limit: write(limit), usual: write(usual), most: write(most) })}
      {oomKills > 0 && ` ${t('oom', { count: oomKills })}`}{' '}
      <span className="font-medium text-fg">{t('proposed', { proposed: write(proposed) })}</span>
    </p>
  );
}
