'use client';

import { Box, Stethoscope } from 'lucide-react';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Environment } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { formatBytes } from '../../lib/format.ts';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, CardTitle } from '../../ui/card.tsx';
import { TimeAgo } from '../../ui/time-ago.tsx';
import { useMay } from '../identity/me.tsx';
import { Failure } from '../shell/failure.tsx';
import { useEngineTest } from './engine-test.ts';
import { EngineTestLines } from './engine-test-lines.tsx';

const ICONS: Record<Environment['state'], StatusIcon> = { connecting: 'busy', online: 'good', offline: 'bad' };

interface Props {
  environment: Environment;
  /** Where there is more of it. */
  href?: string;
}

export function EnvironmentCard({ environment, href }: Props) {
  const t = useTranslations('environments');
  const { name, state, since } = environment;
  return (
    <Card aria-label={name} className="flex h-full flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <CardTitle translate="no" className="min-w-0 grow truncate">
          {href === undefined ? (
            name
          ) : (
            <Link href={href} className="hover:underline">
              {name}
            </Link>
          )}
        </CardTitle>
        <StatusBadge icon={ICONS[state]} look="pill">
          {t(`state.${state}`)} {t.rich('since', { age: () => <TimeAgo at={since} form="span" /> })}
        </StatusBadge>
      </div>
      {state === 'offline' && <OfflineNotice environment={environment} />}
      <Facts environment={environment} />
      <Warnings warnings={environment.info?.warnings ?? []} />
      <ConnectionTest environment={environment} />
    </Card>
  );
}

function OfflineNotice({ environment: { name, reason, syncedAt } }: { environment: Environment }) {
  const t = useTranslations('environments');
  return (
    <Banner tone="warning" title={t('offline.title', { name })}>
      <p>{t('offline.hint')}</p>
      {reason && <p>{reason.hint}</p>}
      <p>{syncedAt ? t.rich('lastSeen', { age: () => <TimeAgo at={syncedAt} /> }) : t('never')}</p>
    </Banner>
  );
}

function Facts({ environment: { kind, info, address, containers } }: { environment: Environment }) {
  const t = useTranslations('environments.facts');
  const kinds = useTranslations('environments.kind');
  const locale = useLocale();
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
      <Fact term={t('containers')}>
        {t('containersValue', { running: containers.running, total: containers.total })}
      </Fact>
      <Fact term={t('engine')}>{[kinds(kind), info?.version].filter(Boolean).join(' ')}</Fact>
      {info && (
        <>
          <Fact term={t('system')}>{[info.operatingSystem, info.architecture].join(' · ')}</Fact>
          <Fact term={t('capacity')}>
            {t('capacityValue', { cpus: info.cpus, memory: formatBytes(info.memoryBytes, locale) })}
          </Fact>
          <Fact term={t('storage')}>{info.storageDriver}</Fact>
          <Fact term={t('cgroup')}>{t('cgroupValue', { version: info.cgroupVersion })}</Fact>
        </>
      )}
      {address !== null && (
        <Fact term={t('address')}>
          <span translate="no" className="font-mono text-xs">
            {address}
          </span>
        </Fact>
      )}
    </dl>
  );
}

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <>
    <dt className="text-fg-3">{term}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);

function Warnings({ warnings }: { warnings: readonly string[] }) {
  const t = useTranslations('environments');
  if (warnings.length === 0) return null;
  return (
    <details>
      <summary className="min-h-6 text-fg-2">
        {t('warnings')} ({warnings.length})
      </summary>
      <ul translate="no" className="mt-1 list-disc ps-5 text-xs text-fg-2">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </details>
  );
}

function ConnectionTest({ environment }: { environment: Environment }) {
  const t = useTranslations('environments');
  const { mutate, data, error, isPending } = useEngineTest(environment.id);
  const mayTest = useMay('environments.test');
  return (
    <div className="mt-auto flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <Link href={`/containers?env=${environment.slug}`}>
            <Box aria-hidden />
            {t('toContainers')}
          </Link>
        </Button>
        {mayTest && (
          <Button loading={isPending} onClick={() => mutate()}>
            <Stethoscope aria-hidden />
            {t('test.run')}
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {data && (
          <section aria-label={t('test.title', { name: environment.name })} className="border-t border-line pt-2">
            <p className="font-medium">{t(data.ok ? 'test.ok' : 'test.failed')}</p>
            <EngineTestLines test={data} />
          </section>
        )}
        {error instanceof ApiError && <Failure error={error.envelope} level="part" onRetry={() => mutate()} />}
      </div>
    </div>
  );
}
