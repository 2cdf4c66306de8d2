'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { Container, Environment, Operation } from '@bailiwick/contract';
import { useFollowed, useLiveItem, useLiveItems, useLiveList } from '../../lib/live-hooks.ts';
import { StatusBadge, type StatusIcon } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { AdviceSection } from '../advice/advice-section.tsx';
import { useRequestsToAnswer } from '../access-requests/requests-followed.tsx';
import { useMe } from '../identity/me.tsx';
import { AttentionLine } from './attention-line.tsx';
import { HostCapacity } from '../metrics/host-capacity.tsx';
import { attentionIn } from './home.rules.ts';
import { HomeSection } from './home-section.tsx';
import { RecentWork } from './recent-work.tsx';

interface Props {
  containers: readonly Container[];
  environments: readonly Environment[];
  operations: readonly Operation[];
}

const MINUTE_MS = 60_000;
const ICONS: Record<Environment['state'], StatusIcon> = { connecting: 'busy', online: 'good', offline: 'bad' };

/** Is anything wrong, and what is being done? */
export function StaffHome({ containers: first, environments: firstEnvironments, operations: firstWork }: Props) {
  const t = useTranslations('home');
  const { user } = useMe();
  const containers = useFollowed('containers', first);
  const environments = useFollowed('environments', firstEnvironments);
  const operations = useLiveItems(useLiveList('operations', firstWork), firstWork);
  const toAnswer = useRequestsToAnswer();
  const { lines, more } = attentionIn({ containers, environments, operations, toAnswer }, useNow(MINUTE_MS));
  return (
    <>
      <PageHeader title={t('hello', { name: user.displayName })} />
      <div className="flex flex-col gap-8">
        <HomeSection title={t('attention')}>
          {lines.length === 0 ? (
            <p className="rounded-lg border border-line bg-surface-1 p-4">
              <StatusBadge icon="good">{t('allWell')}</StatusBadge>
            </p>
          ) : (
            <ul data-slot="attention" className="divide-y divide-line rounded-lg border border-line bg-surface-1 px-4">
              {lines.map((line) => (
                <AttentionLine key={keyOf(line)} line={line} />
              ))}
            </ul>
          )}
          {more > 0 && (
            <Link
              href="/containers?sort=status"
              className="mt-2 inline-flex min-h-6 items-center text-accent-text hover:underline"
            >
              {t('moreAttention', { count: more })}
            </Link>
          )}
        </HomeSection>
        <HomeSection title={t('environments')}>
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-3">
            {environments.map((environment) => (
              <li key={environment.id}>
                <EnvironmentStrip environment={environment} />
              </li>
            ))}
          </ul>
        </HomeSection>
        <AdviceSection />
        <RecentWork initial={firstWork} />
      </div>
    </>
  );
}

function keyOf(line: ReturnType<typeof attentionIn>['lines'][number]): string {
  switch (line.kind) {
    case 'environment':
      return line.environment.id;
    case 'requests':
      return line.kind;
    case 'container':
      return line.container.id;
    case 'operation':
      return line.operation.id;
  }
}

function EnvironmentStrip({ environment }: { environment: Environment }) {
  const t = useTranslations('home');
  const words = useTranslations('environments');
  const usage = useLiveItem(useLiveList('hostUsage', []), environment.id);
  const { name, state, info, containers } = environment;
  return (
    <Link
      href={`/environments/${environment.id}`}
      className="flex h-full flex-wrap items-baseline gap-x-3 gap-y-1 rounded-lg border border-line bg-surface-1 p-4 hover:bg-surface-2"
    >
      <span translate="no" className="min-w-0 grow font-medium break-words">
        {name}
      </span>
      <StatusBadge icon={ICONS[state]}>{words(`state.${state}`)}</StatusBadge>
      <span className="basis-full text-fg-2 tabular-nums">
        {t('running', { running: containers.running, total: containers.total })}
        {info !== null && <span translate="no"> · {info.version}</span>}
      </span>
      {usage && (
        <div className="basis-full pt-2">
          <HostCapacity usage={usage} />
        </div>
      )}
    </Link>
  );
}
