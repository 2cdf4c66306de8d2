'use client';

import { CircleHelp } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { Container, ContainerConfiguration, Operation } from '@bailiwick/contract';
import { ApiError } from '../../lib/api.ts';
import { useHydrated } from '../../lib/hydrated.ts';
import { useLiveItem, useLiveList } from '../../lib/live-hooks.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/face.tsx';
import { useMe } from '../identity/me.tsx';
import { AdoptContainer } from './adopt-container.tsx';
import { OperationCard } from '../operations/operation-card.tsx';
import type { ConfigurationForm } from './configuration-form.rules.ts';
import { useConfiguration, useConfigurationRefresh } from './configuration-queries.ts';
import { SettingsForm } from './settings-form.tsx';
import { StaleNotice } from '../shell/stale-notice.tsx';

interface Props {
  container: Container;
  first: ContainerConfiguration;
  /** What a link proposes. */
  proposed: Partial<ConfigurationForm>;
}

/** How a container is made: seen, changed, gone back to. */
export function ConfigurationTab({ container: initial, first, proposed }: Props) {
  const t = useTranslations('configuration');
  const list = useLiveList('containers', [initial]);
  const container = useLiveItem(list, initial.id, initial) ?? initial;
  const { data = first, error, refetch, isFetching } = useConfiguration(initial.id, first);
  const refresh = useConfigurationRefresh(initial.id);
  const applying = useTranslations('configuration.applying');
  const [operation, setOperation] = useState<Operation | null>(null);
  useRefreshAfter(container, refresh);
  const { applied } = data;
  if (applied === null) return <Outside container={container} onAdopted={refresh} />;
  return (
    <div className="flex max-w-5xl flex-col gap-4">
      {error instanceof ApiError && (
        <StaleNotice error={error} title={t('stale')} busy={isFetching} onRetry={() => void refetch()} />
      )}
      {operation !== null && (
        <OperationCard
          failedText={applying('asBefore')}
          key={operation.id}
          initial={operation}
          onEnded={() => void refresh()}
          onClose={() => setOperation(null)}
        />
      )}
      {operation === null && container.operationId !== null && (
        <Banner
          title={t('busy')}
          actions={
            <Button asChild size="small">
              <Link href={`/activity/${container.operationId}`}>{t('follow')}</Link>
            </Button>
          }
        />
      )}
      <SettingsForm
        container={container}
        configuration={data}
        applied={applied}
        proposed={proposed}
        onRefresh={refresh}
        onStarted={setOperation}
      />
    </div>
  );
}

/** Whatever was done to it, by whomever: afterwards it may be made in another way. */
function useRefreshAfter({ operationId }: Container, refresh: () => Promise<void>): void {
  const before = useRef(operationId);
  useEffect(() => {
    if (before.current === operationId) return;
    const hasEnded = before.current !== null;
    before.current = operationId;
    if (hasEnded) void refresh();
  }, [operationId, refresh]);
}

/** Whoever may deploy anything may take it over; what nobody took over only they see. */
function Outside({ container, onAdopted }: { container: Container; onAdopted: () => Promise<void> }) {
  const t = useTranslations('configuration');
  const { anywhere } = useMe();
  const hydrated = useHydrated();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <EmptyState icon={CircleHelp} title={t('outside.title')}>
        <p>{t('outside.text')}</p>
        {anywhere.includes('containers.createAny') && !container.managed && container.stack === null && (
          <Button className="mt-3" disabled={!hydrated} onClick={() => setAsking(true)}>
            {t('outside.adopt')}
          </Button>
        )}
      </EmptyState>
      {asking && <AdoptContainer container={container} onAdopted={onAdopted} onClose={() => setAsking(false)} />}
    </>
  );
}
