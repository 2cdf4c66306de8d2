'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { Environment } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { SetupHeading } from '../identity/setup-heading.tsx';
import { addressAfter } from '../identity/setup-steps.rules.ts';
import { Failure } from '../shell/failure.tsx';
import { useEngineTest } from './engine-test.ts';
import { EngineTestLines } from './engine-test-lines.tsx';

const NEXT = addressAfter('engine');
const LINES = 5;

/** The engine that was found, tested at once. */
export function SetupEngine({ environment }: { environment: Environment | null }) {
  const t = useTranslations('setup.engine');
  return (
    <>
      <SetupHeading>{t('title')}</SetupHeading>
      <p className="mt-1 mb-4 text-fg-2">{t('description')}</p>
      {environment ? <TestedEngine environment={environment} /> : <NoEngine />}
    </>
  );
}

function NoEngine() {
  const t = useTranslations('setup.engine');
  return (
    <>
      <p className="mb-4">{t('none')}</p>
      <Button asChild look="primary">
        <Link href={NEXT}>{t('later')}</Link>
      </Button>
    </>
  );
}

function TestedEngine({ environment }: { environment: Environment }) {
  const t = useTranslations('setup.engine');
  const { mutate, data, error, isPending } = useEngineTest(environment.id);
  useEffect(() => mutate(), [mutate]);
  return (
    <>
      <div aria-live="polite" className="min-h-56">
        {data && (
          <>
            <EngineTestLines test={data} />
            <p className="mt-3 font-medium">{t(data.ok ? 'allGood' : 'notReady', { name: environment.name })}</p>
          </>
        )}
        {error instanceof ApiError && !isPending && (
          <Failure error={error.envelope} level="part" onRetry={() => mutate()} />
        )}
        {isPending && !data && (
          <Loading label={t('testing', { name: environment.name })} className="flex flex-col gap-4 py-2">
            {Array.from({ length: LINES }, (_, line) => (
              <Skeleton key={line} />
            ))}
          </Loading>
        )}
      </div>
      <div className="mt-4 flex gap-2">
        <Button asChild look="primary">
          <Link href={NEXT}>{t(data?.ok === false ? 'later' : 'next')}</Link>
        </Button>
        <Button look="ghost" loading={isPending} onClick={() => mutate()}>
          {t('again')}
        </Button>
      </div>
    </>
  );
}
